import type { Comparison } from "./condition";
import { comparisons } from "./condition";
import type { TrustStatement } from "./document";
import type { Requester } from "./evaluation";
import { claimKey, isOutsiders, namedOwners } from "./owners";
import type { TrustParties } from "./principal";
import type { Candidate, Choice } from "./search";
import { issuerOf, sharedIssuer } from "./shared-issuers";
import { arnsOfAccount, unwritten, valuesToTry } from "./values";

const NOTHING: readonly Choice[] = [undefined];

/** Keys of services and their calls, which nobody's own AssumeRole has (IAM User Guide, reference_policies_condition-keys). */
const ofServices =
  /^aws:(sourcearn|sourceaccount|sourceorgid|sourceorgpaths|principalservicename|principalservicenameslist|calledvia\w*)$/;
/** A claim of an identity provider: a host, with or without a path, before the colon. */
const claims = /^(saml:|([\w-]+\.)+[a-z]+(\/[^:]*)?:)/;

/** All comparisons of a policy on one key. */
export function onKeyOf(statements: readonly TrustStatement[], key: string): Comparison[] {
  return statements.flatMap(({ conditions }) =>
    comparisons(conditions).filter((found) => found.key.toLowerCase() === key),
  );
}

interface Identity {
  partition: string;
  accountId: string;
  /** Choices for the external ID and for the organization. */
  externalIds: readonly Choice[];
  organizations: readonly Choice[];
}

/** Those of an account's users and roles that a policy may tell apart, and one that it does not. */
export function identitiesOf(
  statements: readonly TrustStatement[],
  { partition, accountId, externalIds, organizations }: Identity,
  parties: TrustParties,
): Candidate[] {
  const byArn = onKeyOf(statements, "aws:principalarn");
  const named = statements.flatMap(({ principals }) => principals.map(({ value }) => value)).filter(isOf(accountId));
  const arns = [
    `arn:${partition}:iam::${accountId}:role/${unwritten([])}`,
    ...named.filter((arn) => /^arn:[\w-]+:iam:.*:(user|role)\//.test(arn)),
    ...arnsOfAccount(byArn, { partition, accountId }),
  ];
  const sessions = named.filter((arn) => arn.includes(":assumed-role/"));
  const whoever: Requester[] = [
    ...[...new Set(arns)].map((arn) => ({ kind: "identity" as const, partition, accountId, arn })),
    ...sessions.map((sessionArn) => {
      const arn = sessionArn.replace(":sts:", ":iam:").replace(/:assumed-role\/([^/]+)\/.*/, ":role/$1");
      return { kind: "identity" as const, partition, accountId, arn, sessionArn };
    }),
  ];
  return whoever.map((who) => ({
    action: "sts:AssumeRole",
    who,
    choices: (key, found) => {
      switch (key) {
        case "sts:externalid":
          return externalIds;
        case "aws:principalorgid":
          return organizations;
        case "aws:principalorgpaths":
          return organizations.flatMap((organization) => pathsOf(organization, found));
        case "aws:principalarn":
          return who.kind === "identity" ? [[who.arn]] : NOTHING;
        case "aws:principalaccount":
          return [[accountId]];
        case "aws:principaltype":
          return who.kind === "identity" && (who.sessionArn || who.arn.includes(":role/"))
            ? [["AssumedRole"]]
            : [["User"]];
        default:
          return ofEveryCall(key, parties) ?? (claims.test(key) ? NOTHING : null);
      }
    },
  }));
}

function isOf(accountId: string): (arn: string) => boolean {
  return (arn) => arn.split(":")[4] === accountId;
}

/** Paths of an organization that the comparisons may tell apart. */
function pathsOf(organization: Choice, found: readonly Comparison[]): readonly Choice[] {
  const [id] = organization ?? [];
  if (id === undefined) return NOTHING;
  const written = valuesToTry(found, new Map(), false).filter((path) => path.startsWith(`${id}/`));
  return [[`${id}/${unwritten([])}/`], ...written.map((path) => [path])];
}

function ofEveryCall(key: string, { accountId }: TrustParties): readonly Choice[] | null {
  switch (key) {
    case "aws:securetransport":
      return [["true"]];
    case "aws:viaawsservice":
    case "aws:principalisawsservice":
      return [["false"]];
    case "aws:resourceaccount":
      return [[accountId]];
    default:
      return ofServices.test(key) ? NOTHING : null;
  }
}

/** Whoever has a token of this provider; of a shared one, only those whom the policy names as no owner. */
export function bearersOf(provider: string, statements: readonly TrustStatement[], parties: TrustParties): Candidate {
  const isSaml = provider.includes(":saml-provider/");
  const issuer = issuerOf(provider);
  const prefix = isSaml ? "saml:" : `${issuer}:`;
  const shared = sharedIssuer(issuer);
  const found = statements.flatMap(({ conditions }) => comparisons(conditions));
  const named = shared && namedOwners(issuer, shared, found);
  return {
    action: isSaml ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity",
    who: { kind: "federated", provider },
    ...(shared && named && { isMeant: (keys) => isOutsiders(issuer, shared, named, keys) }),
    ...(shared && {
      further: shared.owners.flatMap(({ outsiders }) => (outsiders ? [claimKey(issuer, outsiders.claim)] : [])),
    }),
    choices: (key, about) => {
      if (key.startsWith(prefix)) return claimChoices(key.slice(prefix.length), about, shared?.owners ?? []);
      if (key === "sts:externalid" || claims.test(key)) return NOTHING;
      // Such a request is not signed, and has nothing that a signature gives.
      if (/^aws:(principal(arn|account|orgid|orgpaths)|userid|username)$/.test(key)) return NOTHING;
      return ofEveryCall(key, parties);
    },
  };
}

/** A token need not have a claim, so a comparison that passes without it says nothing of who comes. */
function claimChoices(
  claim: string,
  found: readonly Comparison[],
  owners: readonly { outsiders?: { claim: string; value: string } }[],
): readonly Choice[] {
  const values = valuesToTry(found, new Map(), false).map((value) => [value]);
  const ofGuests = owners.flatMap(({ outsiders }) => (outsiders?.claim === claim ? [[outsiders.value]] : []));
  const sets = found.some(({ set }) => set !== null) ? [values.flat()] : [];
  return [...NOTHING, ...ofGuests, ...values, ...sets];
}
