import { bearersOf, identitiesOf, onKeyOf } from "./candidates";
import { onKey } from "./condition";
import type { TrustStatement } from "./document";
import { meaningOf } from "./operators";
import { organizationOfVendor } from "./organization";
import type { TrustParties } from "./principal";
import { type Candidate, type Choice, createBudget, type Entrance, findEntrance } from "./search";
import { issuerOf, sharedIssuer } from "./shared-issuers";
import { tokensOf } from "./text-pattern";
import { accountsInArns, isPattern, unwritten, valuesToTry } from "./values";

const KEY = "sts:externalid";

export interface TrustReader extends TrustParties {
  externalId: string;
  /** The other one of two, while the external ID is rotated. */
  rotatedId?: string | undefined;
  /** External IDs that were issued to other connections, as this policy spells them. */
  othersExternalIds: ReadonlySet<string>;
  now: Date;
}

/** Someone whom a statement lets in, with a request by which it does. */
export interface Opening extends Entrance {
  /** Their account or identity provider, as the policy names it; the policy names nobody in particular where it is missing. */
  name?: string;
}

/** Whom the statements of a trust policy let in, one statement at a time, past all that Deny statements keep out. */
export interface TrustReading {
  /** Identities of the vendor, with an external ID that is neither this connection's nor listed, or with none. */
  toGuesses(allow: TrustStatement): Opening | null;
  /** The same, with exactly this external ID; undefined: without. */
  toVendor(allow: TrustStatement, externalId: string | undefined): Opening | null;
  /** Identities of accounts that are neither the vendor's nor the customer's. */
  toStrangers(allow: TrustStatement): Opening[];
  /** Other accounts of the vendor's organization. */
  toOrganization(allow: TrustStatement): Opening | null;
  toOwnAccount(allow: TrustStatement): Opening | null;
  /** Whoever has a token of this identity provider; of a shared one, only those whom no claim names. */
  toBearers(allow: TrustStatement, provider: string): Opening | null;
  /** The same, and those too whom claims name. */
  toNamedBearers(allow: TrustStatement, provider: string): Opening | null;
}

export function readTrust(statements: readonly TrustStatement[], reader: TrustReader): TrustReading {
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const budget = createBudget();
  const { partition, vendorAccountId, accountId, externalId, now } = reader;
  const vendorsOrganization = organizationOfVendor(statements, reader);
  const found = onKeyOf(statements, KEY);
  const written = valuesToTry(found, new Map(), false);
  const listed = new Set(listedIds(statements).map((id) => id.toLowerCase()));
  const isGuess = (id: string) => !listed.has(id.toLowerCase()) && id.toLowerCase() !== externalId.toLowerCase();
  const guesses: Choice[] = [undefined, ...guessesLike(externalId), ...written.filter(isGuess).map((id) => [id])];
  const any: Choice[] = [undefined, [externalId], ...written.map((id) => [id])];
  const organizations = organizationsIn(statements);

  const identities = (account: string, externalIds: readonly Choice[], orgs: readonly Choice[]) =>
    identitiesOf(statements, { partition, accountId: account, externalIds, organizations: orgs }, reader);
  const first = (allow: TrustStatement, candidates: readonly Candidate[]): Entrance | null => {
    for (const candidate of candidates) {
      const entrance = findEntrance(allow, denials, candidate, { now, budget });
      if (entrance) return entrance;
    }
    return null;
  };
  const ofVendor = vendorsOrganization ? [[vendorsOrganization]] : organizations;
  const ofOthers = organizations.filter((choice) => choice?.[0] !== vendorsOrganization);
  const strangers = strangeAccounts(statements, reader);

  return {
    toGuesses: (allow) => first(allow, identities(vendorAccountId, guesses, ofVendor)),
    toVendor: (allow, id) => first(allow, identities(vendorAccountId, [id === undefined ? id : [id]], ofVendor)),
    toStrangers: (allow) =>
      strangers.flatMap(({ name, account, partition: itsPartition }) => {
        const candidates = identitiesOf(
          statements,
          { partition: itsPartition, accountId: account, externalIds: any, organizations: ofOthers },
          reader,
        );
        const entrance = first(allow, candidates);
        return entrance ? [{ ...entrance, ...(name && { name }) }] : [];
      }),
    toOrganization: (allow) =>
      vendorsOrganization ? first(allow, identities(unwritten([]), any, [[vendorsOrganization]])) : null,
    toOwnAccount: (allow) => first(allow, identities(accountId, any, organizations)),
    toBearers: (allow, provider) => {
      const entrance = first(allow, [bearersOf(provider, statements, reader)]);
      return entrance && { ...entrance, name: provider };
    },
    toNamedBearers: (allow, provider) => {
      const { isMeant: _outsiders, ...anyone } = bearersOf(provider, statements, reader);
      return first(allow, [anyone]);
    },
  };
}

/** External IDs that some statement names as such, and not by a pattern: whoever has one was given it by someone. */
export function listedIds(statements: readonly TrustStatement[]): string[] {
  const named = statements.flatMap(({ conditions, variables }) =>
    onKey(conditions, KEY).flatMap((comparison) => {
      const meaning = meaningOf(comparison);
      const lookup = variables ? () => undefined : undefined;
      return comparison.values.filter((value) => {
        const tokens = tokensOf(value, meaning?.wildcards ?? false, lookup);
        return comparison.operator !== "null" && tokens !== undefined && !isPattern(tokens);
      });
    }),
  );
  return [...new Set(named)];
}

/** As the probes send them: of another shape, and with the same prefix. */
export function guessesLike(externalId: string): Choice[] {
  const prefix = externalId.slice(0, externalId.lastIndexOf("-") + 1);
  const nobodys = unwritten([externalId]);
  return [[nobodys], [prefix + nobodys]];
}

function organizationsIn(statements: readonly TrustStatement[]): Choice[] {
  const ids = onKeyOf(statements, "aws:principalorgid");
  const paths = onKeyOf(statements, "aws:principalorgpaths");
  const written = [
    ...valuesToTry(ids, new Map(), false),
    ...valuesToTry(paths, new Map(), false).map((path) => path.split("/")[0] ?? ""),
  ];
  return [undefined, ...[...new Set(written)].map((id) => [id])];
}

interface StrangeAccount {
  /** As the policy names it. */
  name?: string;
  account: string;
  partition: string;
}

/** Accounts that the policy names though they are nobody's here, and one that it does not name. */
function strangeAccounts(statements: readonly TrustStatement[], parties: TrustParties): StrangeAccount[] {
  const { partition, vendorAccountId, accountId } = parties;
  const principals = statements.flatMap(({ principals }) =>
    principals.flatMap(({ type, value }): StrangeAccount[] => {
      if (type !== "AWS" || value === "*") return [];
      const [, itsPartition = partition, , , account = value] = value.split(":");
      return [{ name: value, account, partition: itsPartition }];
    }),
  );
  const compared = valuesToTry(onKeyOf(statements, "aws:principalaccount"), new Map(), false);
  const inArns = accountsInArns(onKeyOf(statements, "aws:principalarn"));
  const all: StrangeAccount[] = [
    ...[unwritten([]), ...compared, ...inArns].map((account) => ({ account, partition })),
    // Behind the others, so that an account that is a principal too is known as such.
    ...principals,
  ];
  const isStrange = (one: StrangeAccount) =>
    one.partition !== partition || (one.account !== vendorAccountId && one.account !== accountId);
  const byAccount = new Map(
    all.filter(isStrange).map((one) => [`${one.partition} ${one.name ?? one.account}`, one] as const),
  );
  return [...byAccount.values()];
}

/** Identity providers that a statement lets in: those it names, or for everyone those that its conditions are about. */
export function providersIn(statement: TrustStatement, { partition, accountId }: TrustParties): string[] {
  const { principals, principalsExcluded, conditions } = statement;
  const named = principals.filter(({ type }) => type === "Federated").map(({ value }) => value);
  const isOpen = principalsExcluded || principals.some(({ type, value }) => type === "AWS" && value === "*");
  if (!isOpen) return named;
  const issuers = Object.values(conditions).flatMap((keys) =>
    Object.keys(keys).map((key) => issuerOf(key.slice(0, key.lastIndexOf(":")))),
  );
  const known = issuers.filter((issuer) => sharedIssuer(issuer));
  const everybodys = ["token.actions.githubusercontent.com", ...known].map(
    (issuer) => `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`,
  );
  return [...(principalsExcluded ? [] : named), ...new Set([...everybodys, "accounts.google.com"])];
}
