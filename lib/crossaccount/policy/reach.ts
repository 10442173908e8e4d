import { knownAction } from "../actions/actions";
import type { ResourceType } from "../actions/read-table";
import { canName, typeTarget } from "./arn-target";
import { givenRoles, namedBesides } from "./escalation-paths";

const anyAccount = "#".repeat(12);

/** The kinds of resource whose permissions a call takes. */
export function takenTypes(name: string): readonly ResourceType[] {
  const besides = namedBesides[name];
  return (knownAction(name)?.resourceTypes ?? []).filter(({ arn }) => !besides?.test(arn));
}

/**
 * The patterns that can name what the call takes; those that AWS's documents do not explain count too. IAM changes no role that a
 * service linked (UnmodifiableEntity), though AWS's own examples grant writing into them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export function takenResources(name: string, resources: readonly string[]): readonly string[] {
  const taken = takenTypes(name);
  const all = knownAction(name)?.resourceTypes ?? [];
  const names = (pattern: string, types: readonly ResourceType[]) =>
    types.some(({ arn }) => canName(pattern, typeTarget(arn)));
  const service = `:${name.slice(0, name.indexOf(":"))}:`;
  return resources
    .filter((pattern) =>
      all.length === 0
        ? pattern === "*" || pattern.includes(service)
        : names(pattern, taken) || (pattern.includes(service) && !names(pattern, all)),
    )
    .filter((pattern) => name === "sts:AssumeRole" || !/^arn:aws:iam::[^:]*:role\/aws-service-role\//.test(pattern));
}

/** Whether each pattern names its author's own alone, of every kind of resource that the call takes. */
export function areNamed(name: string, resources: readonly string[]): boolean {
  const types = takenTypes(name);
  return resources.every((resource) => {
    const reached = types.filter(({ arn }) => canName(resource, typeTarget(arn)));
    return isNamed(resource) && reached.every(({ arn }) => isCertain(nameAfter(typePrefix(arn), resource)));
  });
}

function isNamed(resource: string): boolean {
  return !isBroad(resource) && !givenRoles.some((name) => canName(resource, `arn:aws:iam::${anyAccount}:role/${name}`));
}

/** What the names of a type begin with, such as `loadbalancer/app/`. */
function typePrefix(arn: string): string {
  return lastPart(arn).split("*")[0] ?? "";
}

function nameAfter(prefix: string, resource: string): string {
  const name = lastPart(resource);
  return name.startsWith(prefix) ? name.slice(prefix.length) : "";
}

function lastPart(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

/** Services whose resource names begin without a type. */
const untyped = /^arn:[^:]*:(s3::|codecommit|codepipeline|execute-api|sns|sqs):/;

/** Whether a resource pattern can name what its author did not: fewer than three letters of the name are certain. */
export function isBroad(resource: string): boolean {
  const name = lastPart(resource);
  if (untyped.test(resource)) return !isCertain(name);
  if (/^[^/:]*([*?]|\$\{)/.test(name)) return true;
  const [, rest = ""] = /^(?:\/?[\w-]+[/:](?:service-role\/)?)?(.*)$/s.exec(name) ?? [];
  return !isCertain(rest.replace(/^\//, ""));
}

/** Whether a text with wildcards says enough to mean only what its author named. */
export function isCertain(text: string): boolean {
  const [certain = ""] = text.split(/[*?]|\$\{/);
  return (certain === text && text !== "") || certain.length >= 3;
}
