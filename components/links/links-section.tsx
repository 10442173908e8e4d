"use client";

import { Section } from "@/components/ui/card";
import type { LinkView } from "@/lib/links/schema";
import type { LinkPurpose } from "@/lib/links/state";
import type { LinkListActions } from "./actions";
import { LinkList } from "./link-list";
import { purposeWords } from "./link-words";
import { NewLink } from "./new-link";

export interface LinksSectionProps {
  links: readonly LinkView[];
  /** What a new link would be for; null where one is of no use. */
  purpose: LinkPurpose | null;
  productName: string;
  /** Absent for who may only look. */
  actions?: LinkListActions | undefined;
}

/** A connection's links without a login. Nothing where there are none and none could be made. */
export function LinksSection({ links, purpose, productName, actions }: LinksSectionProps) {
  const mayMake = actions && purpose;
  if (links.length === 0 && !mayMake) return null;
  return (
    <Section
      title={mayMake ? purposeWords[purpose].word : "Links without a login"}
      description={mayMake ? purposeWords[purpose].explanation : undefined}
    >
      <div className="space-y-5">
        {mayMake ? <NewLink purpose={purpose} create={actions.create} /> : null}
        {links.length > 0 ? <LinkList links={links} productName={productName} revoke={actions?.revoke} /> : null}
      </div>
    </Section>
  );
}
