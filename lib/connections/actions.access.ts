import type { AudienceOf } from "@/lib/audience";
import type * as actions from "./actions";

export const mayCall: AudienceOf<typeof actions> = {
  createConnection: "admins",
  reviseConnection: "admins",
  markLaunched: "admins",
  submitRoleArn: "admins",
  findRole: "admins",
  renameConnection: "admins",
  deleteConnection: "admins",
  pauseConnection: "admins",
  resumeConnection: "admins",
  pauseConnectionForStaff: "staff",
  resumeConnectionForStaff: "staff",
  disconnectConnection: "admins",
  startRotation: "admins",
  followRotation: "admins",
  abandonRotation: "admins",
  checkEndedAccess: "admins",
};
