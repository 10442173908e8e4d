"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApiKeyView } from "@/lib/api-keys/schema";
import type { RevokeApiKey } from "./actions";

export function RevokeKey({ apiKey, revokeApiKey }: { apiKey: ApiKeyView; revokeApiKey: RevokeApiKey }) {
  const router = useRouter();
  const [isAsked, setIsAsked] = useState(false);
  const { id, name, lastUsedAt, lastUsedFrom } = apiKey;
  return (
    <Section title="Revoke" description="Ends the key at once, for good: when it leaked, or when nothing uses it.">
      <Button variant="danger" onClick={() => setIsAsked(true)}>
        Revoke the key
      </Button>
      {isAsked ? (
        <ConfirmDialog
          title={`Revoke ${name}?`}
          confirm="Revoke"
          keep="Keep"
          isFinal
          ask={() => revokeApiKey({ apiKeyId: id })}
          onClose={() => setIsAsked(false)}
          onDone={() => router.refresh()}
        >
          <p>
            Within a second, every request with this key is refused. It cannot be undone: the program then needs another
            key.
          </p>
          <p>
            {lastUsedAt ? (
              <>
                It was last used <RelativeTime at={lastUsedAt} />
                {lastUsedFrom ? ` from ${lastUsedFrom}` : ""}.
              </>
            ) : (
              "It was never used."
            )}
          </p>
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}
