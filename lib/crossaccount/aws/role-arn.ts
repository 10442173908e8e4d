import { CrossAccountError } from "../errors";
import { isPartition, type Partition, partitionFacts } from "./partition";
import { arnInPasted, strangeCharacter } from "./pasted-arn";

export interface RoleArnParts {
  readonly partition: Partition;
  /** 12 digits. */
  readonly accountId: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly roleName: string;
}

const roleNamePattern = /^[A-Za-z0-9_+=,.@-]{1,64}$/;
const printable = /^[\u0021-\u007e]$/;
const nameCharacter = /^[A-Za-z0-9_+=,.@-]$/;
const pathPattern = /^\/([\u0021-\u007e]{1,510}\/)?$/;
const whereToFind = "Copy the role's ARN from the stack's Outputs (RoleArn), or from IAM › Roles in the AWS console.";

/** What people paste instead of a role's ARN: service, beginning of the resource, what it is. */
const mistakes: readonly (readonly [service: string, resource: RegExp, explanation: string])[] = [
  ["sts", /^assumed-role\//, "This is the ARN of a session of a role, not of the role itself."],
  ["sts", /^/, "This is the ARN of a temporary session, not of a role."],
  ["cloudformation", /^stack\//, "This is the ARN of the CloudFormation stack, not of the role that it created."],
  ["iam", /^user\//, "This is the ARN of an IAM user. A connection needs a role."],
  ["iam", /^group\//, "This is the ARN of an IAM group. A connection needs a role."],
  ["iam", /^policy\//, "This is the ARN of a policy, not of the role that it is attached to."],
  ["iam", /^instance-profile\//, "This is the ARN of an instance profile, not of a role."],
  ["iam", /^root$/, "This is the ARN of the whole account (its root user). A connection needs a role."],
  ["iam", /^role\/aws-service-role\//, "This is a service-linked role: only the AWS service that made it can use it."],
  [
    "iam",
    /^role\/aws-reserved\//,
    "This role is managed by AWS (IAM Identity Center, for example) and cannot trust us.",
  ],
];

/**
 * Reads a role's ARN as a person pasted it: quotes, invisible characters and the rest of a stack's output do no harm.
 * @throws CrossAccountError `role-arn-invalid`, saying what was pasted instead and where to find the right one
 */
export function parseRoleArn(text: string, expected: { partition?: Partition } = {}): RoleArnParts {
  const arn = arnInPasted(text);
  if (/\sarn:/.test(arn)) throw invalid("There are several ARNs in this text. Paste the role's alone.");
  const [prefix, partition = "", service = "", region = "", accountId = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn") throw notAnArn(arn);
  const strange = strangeCharacter(arn, printable);
  if (strange) throw invalid(`This ARN holds ${strange}, which AWS does not allow in an ARN.`);
  if (!isPartition(partition)) throw invalid("The part after “arn:” is not an AWS partition we know.");
  refuseMistakes(service, resource);
  if (service !== "iam" || !resource.startsWith("role/"))
    throw invalid("This is the ARN of something other than an IAM role.");
  if (region !== "") throw invalid("A role's ARN has no Region: two colons stand between “iam” and the account ID.");
  if (!/^\d{12}$/.test(accountId))
    throw invalid("The account ID in this ARN is not 12 digits long; a part may be missing.");
  if (expected.partition && partition !== expected.partition) throw wrongPartition(partition, expected.partition);
  return { partition, accountId, ...splitResource(resource) };
}

export function formatRoleArn({ partition, accountId, path, roleName }: RoleArnParts): string {
  return `arn:${partition}:iam::${accountId}:role${path}${roleName}`;
}

/** Of a declaration, what decides the path of its roles and policies. */
export interface PathDeclaration {
  readonly serviceName: string;
  readonly role?: { readonly path?: string };
}

/** The path of the vendor's roles and policies; begins and ends with a slash. */
export function rolePath({ serviceName, role }: PathDeclaration): string {
  return role?.path ?? `/${serviceName}/`;
}

/** The ARN that the vendor's template gives to a role; predictable, so that it can be polled for. */
export function roleArnFor(config: PathDeclaration, role: Omit<RoleArnParts, "path">): string {
  return formatRoleArn({ ...role, path: rolePath(config) });
}

/**
 * The same text for every ARN of one role: an account has one role of a name, whatever its path and letter case
 * (IAM User Guide, reference_iam-quotas, "IAM name requirements").
 */
export function roleIdentity({ partition, accountId, roleName }: Omit<RoleArnParts, "path">): string {
  return `${partition} ${accountId} ${roleName.toLowerCase()}`;
}

export function isRoleName(text: string): boolean {
  return roleNamePattern.test(text);
}

function splitResource(resource: string): Pick<RoleArnParts, "path" | "roleName"> {
  const slash = resource.lastIndexOf("/");
  const path = resource.slice("role".length, slash + 1);
  const roleName = resource.slice(slash + 1);
  if (roleName === "") throw invalid("The role's name is missing at the end of this ARN.");
  if (/[*?]/.test(resource)) throw invalid("An ARN with a wildcard names many roles. A connection needs exactly one.");
  const strange = strangeCharacter(roleName, nameCharacter);
  if (strange) throw invalid(`The role's name holds ${strange}, which AWS does not allow there.`);
  if (!isRoleName(roleName)) throw invalid("The role's name has more than 64 characters, so it is too long.");
  if (!pathPattern.test(path)) throw invalid("The role's path is longer than AWS allows.");
  return { path, roleName };
}

function refuseMistakes(service: string, resource: string): void {
  const mistake = mistakes.find(([name, pattern]) => name === service && pattern.test(resource));
  if (mistake) throw invalid(mistake[2]);
}

function notAnArn(text: string): CrossAccountError {
  if (text === "") return invalid("There is no role ARN yet.");
  const strange = /^arn(?![:\w])/.test(text) ? strangeCharacter(text, printable) : undefined;
  if (strange) return invalid(`This ARN holds ${strange}, which AWS does not allow in an ARN.`);
  if (/^\d{4}-?\d{4}-?\d{4}$/.test(text)) return invalid("This is an account ID. The whole ARN of the role is needed.");
  if (/^https?:/.test(text)) return invalid("This is a web address, not the ARN of a role.");
  if (isRoleName(text))
    return invalid("This looks like only the role's name. The whole ARN is needed, beginning with “arn:”.");
  return invalid("This is not an ARN: a role's ARN begins with “arn:” and holds “:iam::”, an account ID and “:role/”.");
}

function wrongPartition(found: Partition, expected: Partition): CrossAccountError {
  return new CrossAccountError(
    "role-arn-invalid",
    `This role is in ${partitionFacts[found].displayName}, but the connection is for ${partitionFacts[expected].displayName}. Roles cannot be used across partitions: paste the role of the right account, or create a new connection with a Region of ${partitionFacts[found].displayName}.`,
  );
}

function invalid(explanation: string): CrossAccountError {
  return new CrossAccountError("role-arn-invalid", `${explanation} ${whereToFind}`);
}
