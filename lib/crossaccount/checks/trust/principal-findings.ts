import type { TrustPrincipal, TrustStatement } from "./document";
import type { Opening, TrustReading } from "./openings";
import { isPinned, principalKind } from "./principal";
import { issuerOf, sharedIssuer } from "./shared-issuers";
import { finding, type TrustFinding } from "./trust-finding";
import type { TrustSubject } from "./trust-subject";

const LABEL = "Trusted principal";
const open = (text: string, { sure }: Pick<Opening, "sure">) => finding("open", LABEL, text, { sure });

/** Whom a statement's principals let in, past its own conditions and all Deny statements. */
export function principalFindings(
  allow: TrustStatement,
  reading: TrustReading,
  subject: TrustSubject,
  providers: readonly string[],
): TrustFinding[] {
  const strangers = reading.toStrangers(allow);
  if (allow.principalsExcluded) {
    const listed = "Everyone except those listed (NotPrincipal)";
    return everyone(listed, { allow, reading, subject, strangers, providers });
  }
  return allow.principals.flatMap((principal) =>
    principal.type === "AWS" && principal.value === "*"
      ? everyone("Everyone (*)", { allow, reading, subject, strangers, providers })
      : ofPrincipal(principal, { allow, reading, subject, strangers }),
  );
}

interface Read {
  allow: TrustStatement;
  reading: TrustReading;
  subject: TrustSubject;
  strangers: readonly Opening[];
}

function everyone(
  who: string,
  { allow, reading, subject, strangers, providers }: Read & { providers: readonly string[] },
): TrustFinding[] {
  const tokens = providers.flatMap((provider) => {
    const bearer = sharedIssuer(issuerOf(provider)) ? reading.toBearers(allow, provider) : null;
    // Whether the account knows that provider stands elsewhere.
    return bearer ? [open(`${who}, by a token of ${nameOf(provider)} too`, { sure: false })] : [];
  });
  const stranger = strangers.find(({ sure }) => sure) ?? strangers[0];
  if (stranger) return [open(`${who}: whoever learns the external ID can assume the role`, stranger), ...tokens];
  if (reading.toOrganization(allow)) {
    const text = "Every account of the vendor's organization, where the template names one";
    return [finding("wider", LABEL, text), ...tokens];
  }
  return [...pinning(allow, who, subject), ...tokens];
}

function ofPrincipal(principal: TrustPrincipal, { allow, reading, subject, strangers }: Read): TrustFinding[] {
  const { value } = principal;
  const keptOut = [finding("notice", LABEL, `${value}, which the rest of the policy keeps out again`)];
  const kind = principalKind(principal, subject);
  switch (kind) {
    case "everyone":
      return [];
    case "vendor-account":
      return pinning(allow, value, subject);
    case "vendor-identity": {
      const other = pinning(allow, value, subject);
      return other.length > 0 ? other : [finding("stated", LABEL, `${value}, an identity of the vendor`)];
    }
    case "other-account": {
      const stranger = strangers.find(({ name }) => name === value);
      return stranger ? [open(`${value}: another AWS account than the vendor's`, stranger)] : keptOut;
    }
    case "own-account":
      return reading.toOwnAccount(allow)
        ? [finding("wider", LABEL, `${value}: an identity of your own account`)]
        : keptOut;
    case "other-federation":
      return reading.toBearers(allow, value)
        ? // A role takes tokens of its own account's providers, as far as AWS says.
          [open(`${value}: people of another identity provider`, { sure: false })]
        : keptOut;
    case "shared-federation": {
      const bearer = reading.toBearers(allow, value);
      if (bearer)
        return [open(`${value}: whoever has an account there, for no claim that names its owner is compared`, bearer)];
      return reading.toNamedBearers(allow, value)
        ? [finding("wider", LABEL, `${value}: those whom the conditions name of ${nameOf(value)}`)]
        : keptOut;
    }
    case "own-federation":
      return reading.toBearers(allow, value)
        ? [finding("wider", LABEL, `${value}: an identity provider of your own account`)]
        : keptOut;
    case "service":
      return [finding("wider", LABEL, `${value}: an AWS service in your own account`)];
    case "deleted":
      return [finding("notice", LABEL, `${value}: a user or role that was deleted; it lets nobody in`)];
    case "unknown":
      return [open(`${value}: written in a way that is not known, so it may be anyone`, { sure: false })];
  }
}

function pinning(allow: TrustStatement, who: string, { trustedPrincipalArns }: TrustSubject): TrustFinding[] {
  return trustedPrincipalArns.length > 0 && !isPinned(allow, who, trustedPrincipalArns)
    ? [finding("notice", LABEL, `${who}: other identities of the vendor than the template names`)]
    : [];
}

function nameOf(provider: string): string {
  return sharedIssuer(issuerOf(provider))?.name ?? provider;
}
