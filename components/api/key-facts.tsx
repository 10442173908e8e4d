import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { TextLink } from "@/components/ui/text-link";
import { exactMinute } from "@/components/ui/time-words";
import type { KeyUse } from "@/lib/api/schema";
import type { ApiKeyView } from "@/lib/api-keys/schema";
import { KeyEnd } from "./key-list";
import { allCustomers, keyMaker } from "./key-words";
import { apiKeyPath, requestsOfKeyPath } from "./paths";
import type { ScopeMeaning } from "./scope-choice";

interface KeyFactsProps {
  apiKey: ApiKeyView;
  scopes: readonly ScopeMeaning[];
  use: KeyUse;
}

export function KeyFacts({ apiKey, scopes, use }: KeyFactsProps) {
  const {
    id,
    prefix,
    customer,
    networks,
    isConfirmed,
    madeBy,
    createdAt,
    lastUsedAt,
    lastUsedFrom,
    replaces,
    replacedBy,
  } = apiKey;
  const { limit, lastWindow, limitReachedAt } = use;
  return (
    <Section title="The key">
      <DescriptionList
        items={[
          { term: "Begins with", value: <code className="font-mono text-[12.5px]">{prefix}…</code> },
          { term: "For", value: customer ? `${customer.name} (${customer.reference})` : allCustomers },
          {
            term: "Scopes",
            value: (
              <ul className="space-y-1.5">
                {scopes.map(({ scope, meaning }) => (
                  <li key={scope}>
                    <code className="font-mono text-[12.5px]">{scope}</code>
                    <span className="block text-[13px] text-muted">{meaning}</span>
                  </li>
                ))}
              </ul>
            ),
          },
          { term: "Networks", value: networks.length > 0 ? networks.join(", ") : "From anywhere" },
          {
            term: "Made",
            value: (
              <>
                <RelativeTime at={createdAt} /> by {keyMaker(madeBy)}
                {isConfirmed ? ", who confirmed that it reaches the accounts of all customers" : ""}
                {replaces ? (
                  <>
                    , by rotating <TextLink href={apiKeyPath(replaces)}>the key before</TextLink>
                  </>
                ) : null}
              </>
            ),
          },
          {
            term: apiKey.state === "active" ? "Expires" : "Ended",
            value: (
              <>
                <KeyEnd apiKey={apiKey} />
                <span className="block text-[13px] text-muted">
                  {exactMinute(apiKey.revokedAt ?? apiKey.expiresAt)}
                </span>
                {replacedBy ? <TextLink href={apiKeyPath(replacedBy)}>The key that replaces it</TextLink> : null}
              </>
            ),
          },
          {
            term: "Last used",
            value: lastUsedAt ? (
              <>
                <RelativeTime at={lastUsedAt} />
                {lastUsedFrom ? ` from ${lastUsedFrom}` : ""}
              </>
            ) : (
              "Never"
            ),
          },
          {
            term: "Rate limit",
            value: (
              <>
                {limit.requests.toLocaleString("en-US")} requests in {limit.seconds} seconds, in each process of the
                portal.
                <span className="block text-[13px] text-muted">
                  {lastWindow.toLocaleString("en-US")} in the last {limit.seconds} seconds.{" "}
                  {limitReachedAt ? (
                    <>
                      The last one to be answered 429 was <RelativeTime at={limitReachedAt} />.
                    </>
                  ) : (
                    "None was answered 429 in the last 30 days."
                  )}
                </span>
              </>
            ),
          },
          { term: "Requests", value: <TextLink href={requestsOfKeyPath(id)}>Requests with this key</TextLink> },
        ]}
      />
    </Section>
  );
}
