"use client";

import type { LinkPageView } from "@/lib/links/schema";
import type { LinkActions } from "./actions";
import { LinkVerification } from "./link-verification";

interface RepairStepsProps {
  token: string;
  page: LinkPageView;
  todo: NonNullable<LinkPageView["todo"]>;
  actions: Pick<LinkActions, "verifyByLink">;
  refresh: () => Promise<void>;
}

/** What is broken with the one remedy, and the verification that says whether it worked. */
export function RepairSteps({ token, page, todo, actions, refresh }: RepairStepsProps) {
  return (
    <div className="max-w-3xl">
      <LinkVerification
        token={token}
        verification={page.progress.verification}
        externalId={todo.externalId}
        label="I repaired it — verify now"
        verifyByLink={actions.verifyByLink}
        refresh={refresh}
      />
    </div>
  );
}
