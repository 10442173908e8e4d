"use client";

import Link from "next/link";
import { Button, buttonStyle } from "@/components/ui/button";
import { CopyValue } from "@/components/ui/copy-value";
import { useBranding } from "./branding-context";

interface ErrorMessageProps {
  /** By which the fault is found in the log; missing where the browser itself failed. */
  number?: string | undefined;
  retry: () => void;
}

/** What to do when a page could not be shown: try again, go back, or write to who can look it up. */
export function ErrorMessage({ number, retry }: ErrorMessageProps) {
  const { supportEmail } = useBranding();
  return (
    <div className="space-y-4">
      <title>This page could not be shown</title>
      <p className="text-muted">
        The fault is on our side, and nothing you saved is lost. Try again in a moment. If it happens again, write to{" "}
        <a href={`mailto:${supportEmail}`} className="text-accent-ink underline underline-offset-2">
          {supportEmail}
        </a>
        {number ? " and quote this number:" : "."}
      </p>
      {number ? <CopyValue what="number of the error" value={number} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <Link href="/" className={buttonStyle()}>
          Back to the start
        </Link>
      </div>
    </div>
  );
}
