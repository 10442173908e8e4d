import { malformed, type PolicyDocument, type PrincipalMatcher, parsePolicy, type Statement } from "./document";
import { requireArn } from "./resource-arn";

/**
 * What a document is stored as: a policy of an identity (or a session), the trust policy of a role, of a resource, or
 * of an organization.
 */
export type DocumentKind = "identity" | "trust" | "resource" | "service-control" | "resource-control";

const needsVersion: DocumentKind[] = ["identity", "service-control", "resource-control"];

/** Refuses, as IAM does on storing, a document that is no valid policy of its kind, or of another partition than its account. */
export function validatePolicy(text: string, kind: DocumentKind, partition?: string): PolicyDocument {
  if (!/^[\t\n\r\u0020-\u00FF]+$/.test(text)) {
    throw malformed("The policy contains characters outside of the printable ASCII and Latin-1 range");
  }
  const policy = parsePolicy(text);
  if (needsVersion.includes(kind) && (!policy.versionStated || policy.version !== "2012-10-17")) {
    throw malformed("Policy document must be version 2012-10-17 or greater.");
  }
  if (kind !== "resource") requireValidSids(policy.statements);
  for (const statement of policy.statements) validators[kind](statement, partition);
  return policy;
}

function requireValidSids(statements: Statement[]): void {
  const sids = statements.flatMap(({ sid }) => (sid ? [sid] : []));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    throw malformed(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
  if (new Set(sids).size < sids.length) throw malformed("Statement IDs (SID) in a single policy must be unique.");
}

const validators: Record<DocumentKind, (statement: Statement, partition?: string) => void> = {
  identity: (statement, partition) => {
    if (statement.principals) throw malformed("Policy document should not specify a principal.");
    requireActions(statement);
    requireResources(statement);
    for (const resource of statement.resources?.patterns ?? []) requireArn(resource, partition);
  },
  trust: (statement, partition) => {
    if (statement.resources) throw malformed("Has prohibited field Resource");
    requirePrincipals(statement, partition);
    requireActions(statement);
    if (!statement.actions?.patterns.every((action) => /^(sts:.+|\*)$/i.test(action))) {
      throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
  },
  resource: (statement) => {
    requirePrincipals(statement);
    requireActions(statement);
    requireResources(statement);
  },
  "service-control": (statement) => {
    if (statement.principals) throw malformed("Policy document should not specify a principal.");
    requireActions(statement);
    requireResources(statement);
  },
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
  "resource-control": (statement) => {
    const { effect, principals, actions } = statement;
    if (effect !== "Deny") throw malformed("A resource control policy may only deny.");
    if (!principals || principals.negated || principals.principals.AWS?.join() !== "*") {
      throw malformed('The principal of a resource control policy must be "*".');
    }
    requireActions(statement);
    if (actions?.negated) throw malformed("A resource control policy may not specify NotAction.");
    requireResources(statement);
  },
};

function requireResources({ resources }: Statement): void {
  if (!resources?.patterns.length) throw malformed("Policy statement must contain resources.");
}

function requireActions({ actions }: Statement): void {
  if (!actions?.patterns.length) throw malformed("Policy statement must contain actions.");
  actions.patterns.forEach(requireAction);
}

/** What IAM answers was seen there, but for the last: IAM stores names that no call can have. */
function requireAction(action: string): void {
  if (action === "*") return;
  const [vendor = "", name, ...more] = action.split(":");
  if (name === undefined) {
    throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  if (more.length > 0) throw malformed("Actions/Condition can contain only one colon.");
  if (/[*?]/.test(vendor)) throw malformed("Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.");
  if (!/^[A-Za-z0-9.-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`);
  if (!/^[A-Za-z0-9*?]+$/.test(name)) throw malformed(`Action ${action} is not valid.`);
}

/** Principals of another partition are as unknown there: https://github.com/DataDog/cloudformation-template/issues/71 */
function requirePrincipals({ principals }: Statement, partition?: string): void {
  if (!principals) throw malformed("Missing required field Principal");
  for (const [type, names] of Object.entries(principals.principals)) {
    if (names.length === 0) throw malformed("Missing required field Principal cannot be empty!");
    const isForeign = (name: string) =>
      partition !== undefined && name.startsWith("arn:") && name.split(":")[1] !== partition;
    const bad = names.find((name) => !principalForms[type]?.test(name) || isForeign(name));
    if (bad !== undefined) throw invalidPrincipal(type, bad);
  }
}

const principalForms: Record<string, RegExp> = {
  AWS: /^(\*|\d{12}|arn:aws[a-z-]*:(iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|sts::\d{12}:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+))$/,
  Service: /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.internal)$/,
  Federated: /^(arn:aws[a-z-]*:iam::\d{12}:(saml-provider|oidc-provider)\/.+|[a-z0-9.-]+\.[a-z]+)$/,
  CanonicalUser: /^[0-9a-f]{64}$/,
};

export function invalidPrincipal(type: string, name: string): Error {
  return malformed(`Invalid principal in policy: "${type}":"${name}"`);
}

/** Users and roles that a document names; each must exist, and is remembered by its unique ID. */
export function namedIdentities({ statements }: PolicyDocument): string[] {
  const names = statements.flatMap(({ principals }) => awsNames(principals));
  return [...new Set(names.filter((name) => /^arn:[\w-]+:iam::\d{12}:(user|role)\//.test(name)))];
}

function awsNames(matcher: PrincipalMatcher | undefined): string[] {
  return matcher?.principals.AWS ?? [];
}
