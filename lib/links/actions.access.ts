import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  createLink: "admins",
  revokeLink: "admins",
  createLinkForStaff: "staff",
  revokeLinkForStaff: "staff",
  confirmAccount: "admins",
  rejectAccount: "admins",
  showLinkPage: "link-holders",
  readLinkProgress: "link-holders",
  launchByLink: "link-holders",
  findRoleByLink: "link-holders",
  verifyByLink: "link-holders",
};
