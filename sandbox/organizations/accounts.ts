import { randomInt } from "node:crypto";
import { z } from "zod";
import { autoDeploy } from "../cloudformation/stack-set/auto-deploy";
import {
  addAccount,
  isParent,
  type MemberAccount,
  type Organization,
  organizationOf,
  organizations,
} from "../organization/organizations";
import { AwsError, type Operation, type RequestContext } from "../service";
import { managed } from "./access";
import { arnOf, describeAccount } from "./describe";
import { absent } from "./error";
import { accountId, parentId, parse } from "./input";
import { emailOf } from "./organization";
import { randomId } from "./random-id";

const INVITATION_MS = 15 * 24 * 60 * 60 * 1000;

async function join(
  organization: Organization,
  account: Pick<MemberAccount, "id" | "name" | "email" | "how" | "requestId">,
  context: RequestContext,
): Promise<void> {
  const joined = context.now().getTime();
  addAccount(organization, { ...account, parentId: organization.rootId, joined }, context.store, context);
  await autoDeploy({ organization, accountId: account.id, to: organization.rootId }, context);
}

/** The account is there at once, with a random number. */
export const createAccount: Operation = async (input, context) => {
  const schema = z.strictObject({ Email: z.string().min(6).max(64), AccountName: z.string().min(1).max(50) });
  const { Email, AccountName } = parse(schema, input);
  const organization = managed("CreateAccount", context);
  const id = String(randomInt(100_000_000_000, 999_999_999_999));
  const requestId = randomId("car-", 32);
  await join(organization, { id, name: AccountName, email: Email, how: "CREATED", requestId }, context);
  return { CreateAccountStatus: creation(organization, requestId) };
};

export const describeCreation: Operation = (input, context) => {
  const { CreateAccountRequestId } = parse(z.strictObject({ CreateAccountRequestId: z.string() }), input);
  return {
    CreateAccountStatus: creation(managed("DescribeCreateAccountStatus", context), CreateAccountRequestId),
  };
};

function creation({ accounts }: Organization, requestId: string) {
  const account = accounts.find((other) => other.requestId === requestId);
  if (!account) {
    const text = "We can't find a create account request with the CreateAccountRequestId that you specified.";
    throw new AwsError("CreateAccountStatusNotFoundException", text);
  }
  const time = new Date(account.joined);
  return {
    Id: requestId,
    AccountName: account.name,
    AccountId: account.id,
    State: "SUCCEEDED",
    RequestedTimestamp: time,
    CompletedTimestamp: time,
  };
}

/** How an account that there is joins: it is invited, and accepts. */
export const invite: Operation = (input, context) => {
  const Target = z.strictObject({ Type: z.literal("ACCOUNT"), Id: accountId });
  const { Target: target } = parse(z.strictObject({ Target }), input);
  const organization = managed("InviteAccountToOrganization", context);
  if (organizationOf(context.store, target.Id, context.partition)) {
    throw new AwsError("HandshakeConstraintViolationException", "The account is already a member of an organization.");
  }
  const at = context.now().getTime();
  const invitation = {
    id: randomId("h-", 32),
    accountId: target.Id,
    at,
    expires: at + INVITATION_MS,
    state: "OPEN" as const,
  };
  organization.invitations.push(invitation);
  return { Handshake: handshake(organization, invitation) };
};

export const accept: Operation = async (input, context) => {
  const { HandshakeId } = parse(z.strictObject({ HandshakeId: z.string().regex(/^h-[0-9a-z]{8,32}$/) }), input);
  context.authorize({ action: "organizations:AcceptHandshake", resource: "*" });
  const organization = organizations(context.store).find(({ invitations }) =>
    invitations.some(({ id }) => id === HandshakeId),
  );
  const invitation = organization?.invitations.find(({ id }) => id === HandshakeId);
  if (!organization || invitation?.accountId !== context.accountId) throw absent("Handshake");
  if (invitation.state !== "OPEN" || invitation.expires <= context.now().getTime()) {
    throw new AwsError("InvalidHandshakeTransitionException", "The handshake is not open any more.");
  }
  if (organizationOf(context.store, context.accountId, context.partition)) {
    throw new AwsError("HandshakeConstraintViolationException", "The account is already a member of an organization.");
  }
  invitation.state = "ACCEPTED";
  const id = context.accountId;
  await join(organization, { id, name: id, email: emailOf(id), how: "INVITED" }, context);
  return { Handshake: handshake(organization, invitation) };
};

function handshake(
  organization: Organization,
  { id, accountId: Id, at, expires, state }: Organization["invitations"][0],
) {
  return {
    Id: id,
    Arn: arnOf(organization, "handshake", `invite/${id}`),
    Parties: [
      { Id: organization.id.slice(2), Type: "ORGANIZATION" },
      { Id, Type: "ACCOUNT" },
    ],
    State: state,
    RequestedTimestamp: new Date(at),
    ExpirationTimestamp: new Date(expires),
    Action: "INVITE",
  };
}

export const listAccounts: Operation = (input, context) => {
  parse(z.strictObject({}), input);
  const organization = managed("ListAccounts", context);
  return { Accounts: organization.accounts.map((account) => describeAccount(account, organization)) };
};

export const listAccountsForParent: Operation = (input, context) => {
  const { ParentId } = parse(z.strictObject({ ParentId: parentId }), input);
  const organization = managed("ListAccountsForParent", context);
  if (!isParent(organization, ParentId)) throw absent("Parent");
  const accounts = organization.accounts.filter((account) => account.parentId === ParentId);
  return { Accounts: accounts.map((account) => describeAccount(account, organization)) };
};

export const describeOne: Operation = (input, context) => {
  const { AccountId } = parse(z.strictObject({ AccountId: accountId }), input);
  const organization = managed("DescribeAccount", context);
  return { Account: describeAccount(requireAccount(organization, AccountId), organization) };
};

export const moveAccount: Operation = async (input, context) => {
  const schema = z.strictObject({ AccountId: accountId, SourceParentId: parentId, DestinationParentId: parentId });
  const { AccountId, SourceParentId, DestinationParentId } = parse(schema, input);
  const organization = managed("MoveAccount", context);
  const account = requireAccount(organization, AccountId);
  if (account.parentId !== SourceParentId) throw absent("SourceParent");
  if (!isParent(organization, DestinationParentId)) throw absent("DestinationParent");
  account.parentId = DestinationParentId;
  const move = { organization, accountId: AccountId, from: SourceParentId, to: DestinationParentId };
  await autoDeploy(move, context);
  return {};
};

function requireAccount({ accounts }: Organization, id: string): MemberAccount {
  const account = accounts.find((other) => other.id === id);
  if (!account) throw absent("Account");
  return account;
}
