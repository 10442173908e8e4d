import { ancestors, isParent, type Organization } from "../../organization/organizations";
import { isRegion, partitionOf } from "../../regions/partition";
import type { RequestContext } from "../../service";
import { type Input, refuseUnsupported, stringOf, stringsOf } from "../operation/input";
import { isObject } from "../template/json";
import { validationError } from "../validation-error";
import { requireOrganization } from "./permission";
import type { StackSet } from "./state";

export interface Place {
  account: string;
  region: string;
  unitId?: string;
}

export interface Targets {
  /** Region by Region. */
  places: Place[];
  regions: string[];
  /** Parts of the organization that were named. */
  unitIds: string[];
}

/** Where a request wants stacks: accounts, or parts of the organization without its management account. */
export function readTargets(input: Input, set: StackSet, context: RequestContext): Targets {
  const regions = stringsOf(input, "Regions");
  if (regions.length === 0) throw validationError("Regions must not be empty");
  const unknown = regions.find((region) => !isRegion(region) || partitionOf(region) !== context.partition);
  if (unknown !== undefined) throw validationError(`Region ${unknown} is not supported`);
  const { accounts, unitIds } =
    set.permission.model === "SERVICE_MANAGED"
      ? ofOrganization(input, context)
      : { accounts: named(input), unitIds: [] };
  return { places: regions.flatMap((region) => accounts.map((account) => ({ ...account, region }))), regions, unitIds };
}

function named(input: Input): Omit<Place, "region">[] {
  if (input.DeploymentTargets !== undefined) {
    throw validationError("DeploymentTargets can only be specified for stack sets with service-managed permissions");
  }
  const accounts = stringsOf(input, "Accounts");
  if (accounts.length === 0) throw validationError("Accounts must not be empty");
  requireAccounts(accounts);
  return accounts.map((account) => ({ account }));
}

function ofOrganization(input: Input, context: RequestContext) {
  if (input.Accounts !== undefined) {
    throw validationError("Accounts can only be specified for stack sets with self-managed permissions");
  }
  const targets = input.DeploymentTargets;
  if (!isObject(targets)) throw validationError("DeploymentTargets must be specified");
  refuseUnsupported(targets, ["Accounts", "OrganizationalUnitIds", "AccountFilterType"]);
  const organization = requireOrganization(context);
  const unitIds = stringsOf(targets, "OrganizationalUnitIds");
  if (unitIds.length === 0) throw validationError("OrganizationalUnitIds are required");
  const unknown = unitIds.find((id) => !isParent(organization, id));
  if (unknown) throw validationError(`Organizational unit ${unknown} not found`);
  const accounts = stringsOf(targets, "Accounts");
  requireAccounts(accounts);
  const filter = filterOf(stringOf(targets, "AccountFilterType"), accounts);
  return { accounts: accountsIn(organization, unitIds).filter(({ account }) => filter(account)), unitIds };
}

function filterOf(type = "NONE", accounts: string[]): (account: string) => boolean {
  switch (type) {
    case "NONE":
      if (accounts.length > 0) throw validationError("AccountFilterType must be specified with Accounts");
      return () => true;
    case "INTERSECTION":
      return (account) => accounts.includes(account);
    case "DIFFERENCE":
      return (account) => !accounts.includes(account);
    default:
      throw validationError(`Not supported by the sandbox: AccountFilterType ${type}`);
  }
}

/** Accounts of these parts and of what lies in them. A management account never gets a stack by its organization. */
export function accountsIn(organization: Organization, unitIds: string[]): Omit<Place, "region">[] {
  return organization.accounts
    .filter(({ id }) => id !== organization.managementAccountId)
    .flatMap(({ id, parentId }) => {
      const around = ancestors(organization, parentId);
      return around.some((parent) => unitIds.includes(parent)) ? [{ account: id, unitId: parentId }] : [];
    });
}

function requireAccounts(accounts: string[]): void {
  const wrong = accounts.find((account) => !/^\d{12}$/.test(account));
  if (wrong !== undefined) throw validationError(`Account ${wrong} is not valid`);
}
