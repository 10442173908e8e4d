"use client";

import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="mx-auto w-full max-w-md flex-1 px-4 pt-[16vh]">
      <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
      <p className="mt-2 text-muted">
        The fault is on our side, and nothing you saved is lost. Try again in a moment. If it happens again, contact our
        support {error.digest ? " and quote this number" : ""}.
      </p>
      {error.digest ? <p className="mt-3 font-mono text-[12.5px]">{error.digest}</p> : null}
      <Button variant="primary" className="mt-6" onClick={retry}>
        Try again
      </Button>
    </main>
  );
}
