import type { Env } from "@/lib/env";
import type { Person } from "@/lib/tenancy/access";
import type { FoundClaims } from "./claims";

type AccessSettings = Pick<
  Env,
  | "CUSTOMER_CLAIM"
  | "OIDC_GROUPS_CLAIM"
  | "STAFF_EMAILS"
  | "STAFF_GROUP"
  | "STAFF_SECURITY_EMAILS"
  | "STAFF_SECURITY_GROUP"
>;

export interface AccessExplanation {
  notStaff?: string;
  notMember?: string;
  /** What an operator should look at, whoever the person is. */
  trouble: string[];
}

interface SignedIn {
  person: Pick<Person, "staffRole" | "customers" | "emailVerified">;
  groups: readonly string[];
  found: FoundClaims;
  membershipsEnded: number;
}

/** Why someone who signed in is not staff or no member, by the names of settings and claims and never by what these hold. */
export function explainAccess(signedIn: SignedIn, settings: AccessSettings): AccessExplanation {
  const { person, found } = signedIn;
  return {
    ...(person.staffRole === null && { notStaff: whyNotStaff(signedIn, settings) }),
    ...(person.customers.length === 0 && { notMember: whyNotMember(found, settings) }),
    trouble: troubleWith(signedIn, settings),
  };
}

function whyNotStaff({ person, groups, found }: SignedIn, settings: AccessSettings): string {
  const emails = settings.STAFF_EMAILS.length + settings.STAFF_SECURITY_EMAILS.length;
  const names = [...settings.STAFF_GROUP, ...settings.STAFF_SECURITY_GROUP];
  const reasons = [];
  if (emails > 0)
    reasons.push(
      person.emailVerified
        ? "the verified e-mail is not named in STAFF_EMAILS or STAFF_SECURITY_EMAILS"
        : `by e-mail: the claim email is ${found.email} and email_verified beside it is ${found.emailVerified}; only true or "true" verifies`,
    );
  if (names.length > 0) {
    const near = groups.some((group) => names.some((name) => plain(name) === plain(group)));
    reasons.push(
      `by group: the claim ${settings.OIDC_GROUPS_CLAIM} is ${found.groups}${groups.length > 0 ? ", with no name of STAFF_GROUP or STAFF_SECURITY_GROUP in it" : ""}${near ? "; one differs only in capital letters, blanks or a slash at its beginning" : ""}`,
    );
  }
  return reasons.join("; ") || "STAFF_EMAILS, STAFF_GROUP, STAFF_SECURITY_EMAILS and STAFF_SECURITY_GROUP name nobody";
}

const plain = (name: string) => name.trim().replace(/^\//, "").toLowerCase();

function whyNotMember(found: FoundClaims, { CUSTOMER_CLAIM }: AccessSettings): string {
  return CUSTOMER_CLAIM === undefined
    ? "CUSTOMER_CLAIM is not set, so members come by invitation only, and none was accepted"
    : `the claim ${CUSTOMER_CLAIM}, which CUSTOMER_CLAIM names, is ${found.customers}${found.customersLeftOut > 0 ? " that cannot be read" : ""}, and no invitation was accepted`;
}

function troubleWith({ found, membershipsEnded }: SignedIn, settings: AccessSettings): string[] {
  const trouble = [];
  if (found.groupsLeftOut > 0)
    trouble.push(
      `${found.groupsLeftOut} of the groups in ${settings.OIDC_GROUPS_CLAIM} (${found.groups}) were left out: each must be a string of 1000 characters at most, without NUL and without half a surrogate pair, and 10000 are read`,
    );
  if (found.groupsElsewhere)
    trouble.push(
      `the provider left out the groups and says where to ask for them, as Entra does for members of more than 200 groups: give the application only the groups that are assigned to it, or use its roles (OIDC_GROUPS_CLAIM=roles)`,
    );
  if (found.customersLeftOut > 0)
    trouble.push(
      `${found.customersLeftOut} of the customers in ${settings.CUSTOMER_CLAIM} (${found.customers}) were left out: each must be a string of letters, digits and . _ @ ~ + = - alone, 200 at most, and ":viewer" or ":admin" may follow; a path such as ${settings.CUSTOMER_CLAIM}.id reaches into an object`,
    );
  if (membershipsEnded > 0)
    trouble.push(
      `memberships by the claim that ended: ${membershipsEnded}, because ${settings.CUSTOMER_CLAIM ? `the claim ${settings.CUSTOMER_CLAIM} (${found.customers}) does not name their customers any more` : "CUSTOMER_CLAIM is not set any more"}`,
    );
  return trouble;
}
