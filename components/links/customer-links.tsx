"use client";

import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { createLinkInput, NewLink, revokeLinkInput } from "@/lib/links/schema";
import type { LinkPurpose } from "@/lib/links/state";
import { LinksSection, type LinksSectionProps } from "./links-section";
import { NewLink as MakeLink } from "./new-link";

type CreateLink = (input: z.input<typeof createLinkInput>) => Promise<ActionResult<NewLink>>;

interface CustomerLinksProps extends Omit<LinksSectionProps, "actions"> {
  customer: string;
  connectionId: string;
  mayAct: boolean;
  createLink: CreateLink;
  revokeLink: (input: z.input<typeof revokeLinkInput>) => Promise<ActionResult<unknown>>;
}

/** A connection's links, for its customer. */
export function CustomerLinks({ customer, connectionId, mayAct, createLink, revokeLink, ...rest }: CustomerLinksProps) {
  const actions = {
    create: (purpose: LinkPurpose) => createLink({ customer, connectionId, purpose }),
    revoke: (linkId: string) => revokeLink({ customer, linkId }),
  };
  return <LinksSection {...rest} actions={mayAct ? actions : undefined} />;
}

interface HandOffProps {
  customer: string;
  connectionId: string;
  createLink: CreateLink;
}

/** For who has no access to AWS, where the stack would be created. */
export function HandOff({ customer, connectionId, createLink }: HandOffProps) {
  return <MakeLink purpose="setup" create={(purpose) => createLink({ customer, connectionId, purpose })} />;
}
