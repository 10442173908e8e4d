import type { Service } from "../service";
import {
  accept,
  createAccount,
  describeCreation,
  describeOne,
  invite,
  listAccounts,
  listAccountsForParent,
  moveAccount,
} from "./accounts";
import {
  createOrganization,
  describe,
  disableServiceAccess,
  enableServiceAccess,
  listRoots,
  listServiceAccess,
} from "./organization";
import { createUnit, listParents, listUnits } from "./units";

/** Organizations with all features, as far as stack sets need them; policies come by `POST /_sandbox/organization`. */
export const organizations: Service = {
  name: "organizations",
  protocol: "json",
  operations: {
    AcceptHandshake: accept,
    CreateAccount: createAccount,
    CreateOrganization: createOrganization,
    CreateOrganizationalUnit: createUnit,
    DescribeAccount: describeOne,
    DescribeCreateAccountStatus: describeCreation,
    DescribeOrganization: describe,
    DisableAWSServiceAccess: disableServiceAccess,
    EnableAWSServiceAccess: enableServiceAccess,
    InviteAccountToOrganization: invite,
    ListAWSServiceAccessForOrganization: listServiceAccess,
    ListAccounts: listAccounts,
    ListAccountsForParent: listAccountsForParent,
    ListOrganizationalUnitsForParent: listUnits,
    ListParents: listParents,
    ListRoots: listRoots,
    MoveAccount: moveAccount,
  },
};
