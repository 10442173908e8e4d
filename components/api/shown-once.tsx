"use client";

import Link from "next/link";
import { useEffect } from "react";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { RelativeTime } from "@/components/ui/relative-time";
import type { NewApiKeyView } from "@/lib/api-keys/schema";
import { apiKeyPath } from "./paths";

interface ShownOnceProps {
  made: NewApiKeyView;
  /** Has the key forgotten. */
  forget: () => void;
}

/** A key that was just made. It is in the memory of this page alone, and gone once someone leaves it, also for the Back button. */
export function ShownOnce({ made, forget }: ShownOnceProps) {
  useEffect(() => {
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, [forget]);

  return (
    <Alert tone="success" role="status" title="Copy the key now: it is not shown again" roomy>
      <p>
        Give it to the program by its environment or a secret store. It expires <RelativeTime at={made.expiresAt} />.
      </p>
      <CodeBlock what="API key" code={made.key} className="mt-3" />
      <Link href={apiKeyPath(made.id)} className={buttonStyle({ className: "mt-4 no-underline!" })}>
        I have copied it
      </Link>
    </Alert>
  );
}
