import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  invitePerson: "admins",
  revokeInvitation: "admins",
  // The invitation itself says whose it is.
  acceptInvitation: "signed-in",
};
