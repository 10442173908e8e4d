import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { FindRoleResult } from "@/lib/connections/schema";
import type {
  accountInput,
  findRoleByLinkInput,
  LinkPageView,
  LinkProgress,
  linkInput,
  NewLink,
} from "@/lib/links/schema";
import type { LinkPurpose } from "@/lib/links/state";

type Action<Input, Data> = (input: Input) => Promise<ActionResult<Data>>;
type WithLink = z.input<typeof linkInput>;

/** What whoever holds a link can ask of the server; each time with the token. */
export interface LinkActions {
  showLinkPage: Action<WithLink, LinkPageView>;
  readLinkProgress: Action<WithLink, LinkProgress>;
  launchByLink: Action<WithLink, unknown>;
  findRoleByLink: Action<z.input<typeof findRoleByLinkInput>, FindRoleResult>;
  verifyByLink: Action<WithLink, unknown>;
}

/** Made by the page, which knows whose connection it is and who asks. */
export interface LinkListActions {
  create: (purpose: LinkPurpose) => Promise<ActionResult<NewLink>>;
  revoke: (linkId: string) => Promise<ActionResult<unknown>>;
}

export type DecideAccount = Action<z.input<typeof accountInput>, unknown>;
