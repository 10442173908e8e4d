"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { LinkPageView } from "@/lib/links/schema";
import type { LinkActions } from "./actions";
import { HandOffSteps } from "./hand-off-steps";
import { LinkResult } from "./link-result";
import { RepairSteps } from "./repair-steps";
import { useLink } from "./use-link";

interface LinkPageProps {
  productName: string;
  actions: LinkActions;
}

/** What a link without a login opens. The server renders none of it: the token that says which is in the fragment. */
export function LinkPage({ productName, actions }: LinkPageProps) {
  const { link, unreachable, refresh, open } = useLink(actions);
  switch (link.kind) {
    case "loading":
      return <Loading />;
    case "incomplete":
      return (
        <Refusal title="This link is not complete">
          Open the link that you were sent again, and copy all of it, up to its last character.
        </Refusal>
      );
    case "refused":
      return (
        <Refusal title="This link does not open">
          <p>{link.message}</p>
          {link.mayTryAgain ? (
            <Button className="mt-3" onClick={open}>
              Try again
            </Button>
          ) : null}
        </Refusal>
      );
    case "open":
      return (
        <>
          <Heading page={link.page} productName={productName} />
          {unreachable ? (
            <Alert tone="warning" role="status" className="mb-6">
              The portal cannot be reached at the moment. This page tries again by itself.
            </Alert>
          ) : null}
          <Body {...{ ...link, productName, actions, refresh }} />
        </>
      );
  }
}

interface BodyProps extends LinkPageProps {
  token: string;
  page: LinkPageView;
  refresh: () => Promise<void>;
}

function Body({ page, ...rest }: BodyProps) {
  const { purpose, todo, progress } = page;
  if (progress.reachedAt !== null || !todo) return <LinkResult page={page} productName={rest.productName} />;
  return purpose === "setup" ? (
    <HandOffSteps {...rest} page={page} todo={todo} />
  ) : (
    <RepairSteps {...rest} page={page} todo={todo} />
  );
}

function Heading({ page, productName }: { page: LinkPageView; productName: string }) {
  const { purpose, customerName, asker, connectionName, expiresAt, progress } = page;
  const isDone = progress.reachedAt !== null;
  const who = asker
    ? `${asker.name}${asker.email && asker.email !== asker.name ? ` (${asker.email})` : ""} of ${customerName}`
    : `${productName}, for ${customerName},`;
  return (
    <div className="mb-8">
      <h1 className="font-semibold text-2xl tracking-tight">
        {purpose === "setup" ? `Connect an AWS account to ${productName}` : `Repair a connection to ${productName}`}
      </h1>
      <p className="mt-2 max-w-prose break-words text-[15px] text-muted leading-relaxed">
        {who} {isDone ? "asked" : "asks"} you to {purpose === "setup" ? "create the role for" : "repair the role of"}{" "}
        the connection “{connectionName}”.{" "}
        {isDone ? (
          "It is done."
        ) : (
          <>
            You need IAM rights in its AWS account, and no login here. This link works for this alone and expires{" "}
            <RelativeTime at={expiresAt} />. If you do not know who asks, ask them first.
          </>
        )}
      </p>
    </div>
  );
}

function Refusal({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div role="alert">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      <div className="mt-2 max-w-prose text-[15px] text-muted leading-relaxed">{children}</div>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy="true">
      <h1 className="sr-only">Opening the link</h1>
      <Skeleton className="h-8 w-80 max-w-full" />
      <Skeleton className="mt-3 h-12 w-full max-w-prose" />
      <Skeleton className="mt-8 h-64 w-full" />
    </div>
  );
}
