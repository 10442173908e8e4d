"use client";

import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Row, RowList } from "@/components/ui/row-list";
import { useAction } from "@/components/ui/use-action";
import type { LinkView } from "@/lib/links/schema";
import type { LinkListActions } from "./actions";
import { linkStateWords, makerName, purposeWords } from "./link-words";

interface LinkListProps {
  links: readonly LinkView[];
  productName: string;
  /** Absent for who may only look. */
  revoke?: LinkListActions["revoke"] | undefined;
}

export function LinkList({ links, productName, revoke }: LinkListProps) {
  return (
    <RowList label="Links">
      {links.map((link) => (
        <Row key={link.id}>
          <div className="min-w-0 flex-1 basis-52">
            <p className="font-medium">
              {purposeWords[link.purpose].word} · made by {makerName(link.madeBy, productName)}{" "}
              <RelativeTime at={link.createdAt} />
            </p>
            <p className="text-[13px] text-muted">
              <Uses link={link} />
            </p>
          </div>
          <div className="flex items-center gap-3">
            <Badge tone={linkStateWords[link.state].tone}>{linkStateWords[link.state].word}</Badge>
            {revoke && link.state === "open" ? <Revoke link={link} revoke={revoke} /> : null}
          </div>
        </Row>
      ))}
    </RowList>
  );
}

function Uses({ link: { state, openedAt, lastOpenedAt, usedAt, expiresAt } }: { link: LinkView }) {
  return (
    <>
      {openedAt && lastOpenedAt ? (
        <>
          Opened <RelativeTime at={openedAt} />
          {lastOpenedAt > openedAt ? (
            <>
              , last <RelativeTime at={lastOpenedAt} />
            </>
          ) : null}
        </>
      ) : (
        "Not opened"
      )}
      {usedAt ? (
        <>
          {" · used "}
          <RelativeTime at={usedAt} />
        </>
      ) : null}
      {state === "open" || state === "expired" ? (
        <>
          {state === "open" ? " · expires " : " · expired "}
          <RelativeTime at={expiresAt} />
        </>
      ) : null}
    </>
  );
}

function Revoke({ link, revoke }: { link: LinkView; revoke: LinkListActions["revoke"] }) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => revoke(link.id));
  return (
    <>
      {problem ? (
        <span role="alert" className="text-danger text-sm">
          {problem}
        </span>
      ) : null}
      <Button size="small" pending={pending} onClick={() => run(() => router.refresh())} aria-label="Revoke this link">
        Revoke
      </Button>
    </>
  );
}
