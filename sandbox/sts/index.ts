import type { Service } from "../service";
import { assumeRole } from "./assume-role";
import { assumeRoleWithWebIdentity } from "./assume-role-with-web-identity";
import { getCallerIdentity } from "./get-caller-identity";

export const sts: Service = {
  name: "sts",
  protocol: "query",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: {
    AssumeRole: assumeRole,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    GetCallerIdentity: getCallerIdentity,
  },
  unsigned: ["AssumeRoleWithWebIdentity"],
};
