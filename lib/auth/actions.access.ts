import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  // Ends the browser's own session, and none where there is none.
  signOut: "anyone",
  revokeMySessions: "signed-in",
};
