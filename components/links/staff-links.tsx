"use client";

import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { createLinkForStaffInput, NewLink, revokeLinkForStaffInput } from "@/lib/links/schema";
import type { LinkPurpose } from "@/lib/links/state";
import { LinksSection, type LinksSectionProps } from "./links-section";

interface StaffLinksProps extends Omit<LinksSectionProps, "actions"> {
  connectionId: string;
  createLink: (input: z.input<typeof createLinkForStaffInput>) => Promise<ActionResult<NewLink>>;
  revokeLink: (input: z.input<typeof revokeLinkForStaffInput>) => Promise<ActionResult<unknown>>;
}

/** A connection's links, for the vendor's staff. */
export function StaffLinks({ connectionId, createLink, revokeLink, ...rest }: StaffLinksProps) {
  const actions = {
    create: (purpose: LinkPurpose) => createLink({ connectionId, purpose }),
    revoke: (linkId: string) => revokeLink({ linkId }),
  };
  return <LinksSection {...rest} actions={actions} />;
}
