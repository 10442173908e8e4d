"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { RelativeTime } from "@/components/ui/relative-time";
import { useAction } from "@/components/ui/use-action";
import type { NewLink as Made } from "@/lib/links/schema";
import type { LinkPurpose } from "@/lib/links/state";
import type { LinkListActions } from "./actions";
import { purposeWords } from "./link-words";

/** A button that makes a link, and the link that it made, once. */
export function NewLink({ purpose, create }: { purpose: LinkPurpose; create: LinkListActions["create"] }) {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const { pending, problem, run } = useAction(() => create(purpose));

  function make() {
    run((link) => {
      setMade(link);
      router.refresh();
    });
  }

  return (
    <div className="space-y-4">
      {problem ? (
        <Alert tone="danger" role="alert">
          {problem}
        </Alert>
      ) : null}
      <Button pending={pending} onClick={make}>
        {made ? "Make another link" : purposeWords[purpose].make}
      </Button>
      {made ? (
        <Alert tone="success" role="status" title="Send this link to who is to do it">
          <p>
            Anyone who has it can use it, so send it to that person alone. It expires{" "}
            <RelativeTime at={made.expiresAt} />, can be revoked, and is not shown again.
          </p>
          <CodeBlock what="link" code={made.url} className="mt-3" />
        </Alert>
      ) : null}
    </div>
  );
}
