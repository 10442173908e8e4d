import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  createApiKey: "security",
  rotateApiKey: "security",
  revokeApiKey: "security",
};
