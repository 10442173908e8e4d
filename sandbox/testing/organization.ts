import {
  AcceptHandshakeCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
  InviteAccountToOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { administratorOf } from "./clients";

const management = "999988887777";

export function organizationsOf(account: string, url: string): OrganizationsClient {
  return new OrganizationsClient({ ...administratorOf(account, url), maxAttempts: 1 });
}

/** An organization that lets stack sets act in its accounts, and ways to fill it. */
export async function startOrganization(url: string) {
  const client = organizationsOf(management, url);
  await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const root = Roots[0]?.Id ?? "";
  const ServicePrincipal = "member.org.stacksets.cloudformation.amazonaws.com";
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  return {
    management,
    client,
    root,
    async unit(Name: string, ParentId = root): Promise<string> {
      const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
      return OrganizationalUnit?.Id ?? "";
    },
    /** Takes an account that there is into the organization, at its root. */
    async add(Id: string): Promise<void> {
      const Target = { Type: "ACCOUNT" as const, Id };
      const { Handshake } = await client.send(new InviteAccountToOrganizationCommand({ Target }));
      await organizationsOf(Id, url).send(new AcceptHandshakeCommand({ HandshakeId: Handshake?.Id }));
    },
    async move(AccountId: string, SourceParentId: string, DestinationParentId: string): Promise<void> {
      await client.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));
    },
  };
}

export type TestOrganization = Awaited<ReturnType<typeof startOrganization>>;
