"use client";

import "./globals.css";
import type { ErrorPageProps } from "./error";

/** For a fault in the root layout itself, so that nothing of it can be used: no brand, no theme, no support address. */
export default function GlobalErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <title>This page could not be shown</title>
        <main className="mx-auto max-w-md px-4 pt-[12vh]">
          <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
          <p className="mt-2 text-muted">
            The fault is on our side, and nothing you saved is lost. Try again in a moment.
            {error.digest ? (
              <>
                {" "}
                If it happens again, quote this number to support: <span className="font-mono">{error.digest}</span>
              </>
            ) : null}
          </p>
          <button type="button" onClick={retry} className="mt-4 font-medium text-accent-ink underline">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
