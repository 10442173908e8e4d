import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  invitePerson: "admins",
  revokeInvitation: "admins",
  resendInvitation: "admins",
  changeRole: "admins",
  removeMember: "admins",
  leaveTeam: "members",
  // To read it, its link is enough.
  readInvitation: "anyone",
  // The invitation itself says whose it is.
  acceptInvitation: "signed-in",
};
