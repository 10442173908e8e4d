import type { MemberAccount, Organization, OrganizationalUnit } from "../organization/organizations";

type Place = Pick<Organization, "id" | "partition" | "managementAccountId">;

export function arnOf({ id, partition, managementAccountId }: Place, kind: string, name?: string): string {
  return `arn:${partition}:organizations::${managementAccountId}:${kind}/${id}${name ? `/${name}` : ""}`;
}

export function describeOrganization(organization: Organization) {
  const { id, managementAccountId, accounts } = organization;
  return {
    Id: id,
    Arn: arnOf(organization, "organization"),
    FeatureSet: "ALL",
    MasterAccountArn: arnOf(organization, "account", managementAccountId),
    MasterAccountId: managementAccountId,
    MasterAccountEmail: accounts.find((account) => account.id === managementAccountId)?.email,
    AvailablePolicyTypes: [],
  };
}

export function describeAccount(account: MemberAccount, organization: Organization) {
  return {
    Id: account.id,
    Arn: arnOf(organization, "account", account.id),
    Email: account.email,
    Name: account.name,
    Status: "ACTIVE",
    State: "ACTIVE",
    JoinedMethod: account.how,
    JoinedTimestamp: new Date(account.joined),
  };
}

export function describeUnit({ id, name }: OrganizationalUnit, organization: Organization) {
  return { Id: id, Arn: arnOf(organization, "ou", id), Name: name };
}
