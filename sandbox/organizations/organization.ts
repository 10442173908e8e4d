import { z } from "zod";
import { addAccount, type Organization, organizationOf, organizations } from "../organization/organizations";
import { AwsError, type Operation } from "../service";
import { managed, member } from "./access";
import { arnOf, describeOrganization } from "./describe";
import { parse } from "./input";
import { randomId } from "./random-id";

export const createOrganization: Operation = (input, context) => {
  parse(z.strictObject({ FeatureSet: z.literal("ALL").optional() }), input);
  context.authorize({ action: "organizations:CreateOrganization", resource: "*" });
  const { accountId, partition, store, now } = context;
  if (organizationOf(store, accountId, partition)) {
    throw new AwsError("AlreadyInOrganizationException", "The AWS account is already a member of an organization.");
  }
  const organization: Organization = {
    id: randomId("o-", 10),
    partition,
    managementAccountId: accountId,
    rootId: randomId("r-", 4),
    units: [],
    accounts: [],
    trustedServices: [],
    invitations: [],
  };
  organizations(store).push(organization);
  const own = { id: accountId, name: "management", email: emailOf(accountId), parentId: organization.rootId };
  addAccount(organization, { ...own, joined: now().getTime(), how: "INVITED" }, store, context);
  return { Organization: describeOrganization(organization) };
};

export function emailOf(accountId: string): string {
  return `${accountId}@sandbox.invalid`;
}

export const describe: Operation = (_input, context) => ({
  Organization: describeOrganization(member("DescribeOrganization", context)),
});

export const listRoots: Operation = (input, context) => {
  parse(z.strictObject({}), input);
  const organization = managed("ListRoots", context);
  const { rootId } = organization;
  return { Roots: [{ Id: rootId, Arn: arnOf(organization, "root", rootId), Name: "Root", PolicyTypes: [] }] };
};

const service = z.strictObject({ ServicePrincipal: z.string().regex(/^[\w+=,.@-]{1,128}$/) });

/** Trusted access: lets a service of AWS, such as StackSets, act in the accounts. */
export const enableServiceAccess: Operation = (input, context) => {
  const { ServicePrincipal } = parse(service, input);
  const organization = managed("EnableAWSServiceAccess", context);
  if (organization.trustedServices.some(({ principal }) => principal === ServicePrincipal)) return {};
  organization.trustedServices.push({ principal: ServicePrincipal, since: context.now().getTime() });
  return {};
};

export const disableServiceAccess: Operation = (input, context) => {
  const { ServicePrincipal } = parse(service, input);
  const organization = managed("DisableAWSServiceAccess", context);
  organization.trustedServices = organization.trustedServices.filter(({ principal }) => principal !== ServicePrincipal);
  return {};
};

export const listServiceAccess: Operation = (input, context) => {
  parse(z.strictObject({}), input);
  const { trustedServices } = managed("ListAWSServiceAccessForOrganization", context);
  const EnabledServicePrincipals = trustedServices.map(({ principal, since }) => ({
    ServicePrincipal: principal,
    DateEnabled: new Date(since),
  }));
  return { EnabledServicePrincipals };
};
