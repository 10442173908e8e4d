import { actionsMatching, knownAction } from "../actions/actions";
import type { KnownAction } from "../actions/read-table";
import type { EscalationGrant } from "./allowed-calls";
import { canName, typeTarget } from "./arn-target";
import { patternsOverlap } from "./pattern";
import { isCertain, takenResources, takenTypes } from "./reach";
import { actionsOf, reachedResources } from "./scope";

interface Tag {
  /** In lower case: IAM ignores case in the name of a key, and so in a tag's. */
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

interface Entry {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Whether a condition on a tag narrows the call to what the customer marked: AWS documents the tag as a condition of it, the value is
 * certain, and no grant lets the role set that tag on such a resource itself.
 */
export function isNarrowedByTag(name: string, grant: EscalationGrant, grants: readonly EscalationGrant[]): boolean {
  return demandedTags(grant).some(
    (tag) => takesTags(name, reachedResources(grant)) && !canSetTag(tag, name, grant, grants),
  );
}

/** Tags with a certain value that the resource must have. */
function demandedTags(grant: EscalationGrant): Tag[] {
  return entriesOf(grant)
    .filter(({ operator }) => exact.test(operator))
    .flatMap(({ operator, key, values }) => {
      const [, tag] = /^[a-z0-9-]+:resourcetag\/(.+)$/.exec(key) ?? [];
      const certain = values.every((value) => (operator === "stringlike" ? isCertain(value) : !value.includes("${")));
      return tag && values.length > 0 && certain && !values.includes("") ? [{ key: tag, operator, values }] : [];
    });
}

/** Whether AWS documents tags as a condition of the call: of the action itself, or of every kind of resource that can be named. */
export function takesTags(name: string, resources: readonly string[] = ["*"]): boolean {
  const types = reachedTypes(name, resources);
  return knownAction(name)?.takesResourceTag === true || (types.length > 0 && types.every(({ hasTags }) => hasTags));
}

function reachedTypes(name: string, resources: readonly string[]) {
  return takenTypes(name).filter(({ arn }) => resources.some((pattern) => canName(pattern, typeTarget(arn))));
}

function canSetTag(tag: Tag, name: string, grant: EscalationGrant, grants: readonly EscalationGrant[]): boolean {
  const types = reachedTypes(name, reachedResources(grant));
  const marked = takenResources(name, reachedResources(grant));
  return grants.some(
    (other) =>
      other.effect === "Allow" &&
      !forbidsTag(tag, other) &&
      reachedResources(other).some((pattern) => marked.some((resource) => patternsOverlap(pattern, resource))) &&
      actionsOf(other).some((action) =>
        setsTagsOf(
          action,
          other,
          types.map(({ arn }) => arn),
        ),
      ),
  );
}

/** Whether the action puts tags on what is there already; what it makes anew was marked by nobody before. */
function setsTagsOf(
  { name, level, setsTags, resourceTypes }: KnownAction,
  grant: EscalationGrant,
  arns: readonly string[],
) {
  const call = name.slice(name.indexOf(":") + 1);
  const tags =
    level === "Tagging"
      ? !/^(Untag|Remove|Delete)/.test(call)
      : setsTags &&
        !/^(Allocate|Copy|Create|Import|Provision|Publish|Purchase|Register|Request|Restore|Run|Start)/.test(call);
  if (!tags) return false;
  const own = resourceTypes.filter(({ arn }) =>
    reachedResources(grant).some((pattern) => canName(pattern, typeTarget(arn))),
  );
  return arns.some((arn) => own.some((type) => type.arn === arn) || isTaggedBySomeOf(name, arn));
}

/** Where AWS's documents name no call that tags a kind of resource, each that tags in its service may. */
function isTaggedBySomeOf(name: string, arn: string): boolean {
  const [, , service = ""] = arn.split(":");
  if (!name.startsWith(`${service}:`)) return false;
  const tagging = actionsMatching(`${service}:*`).filter(({ level }) => level === "Tagging");
  return !tagging.some(({ resourceTypes }) => resourceTypes.some((type) => type.arn === arn));
}

/** Whether what the grant demands of a request keeps it from putting this tag on something that lacks it. */
function forbidsTag({ key, operator, values }: Tag, grant: EscalationGrant): boolean {
  const entries = entriesOf(grant);
  return entries.some((entry) => {
    const is = (operators: RegExp, name: RegExp) => operators.test(entry.operator) && name.test(entry.key);
    const isOfTag = entry.key.slice(entry.key.indexOf("/") + 1) === key;
    if (isOfTag && is(exact, /^[a-z0-9-]+:requesttag\//)) {
      return !anyOverlap(entry.values, values) && allowsOneSpelling(key, entries);
    }
    if (isOfTag && is(/^null$/, /^[a-z0-9-]+:requesttag\//)) return entry.values.every((value) => value === "true");
    // Only what is marked already.
    if (isOfTag && is(exact, /^[a-z0-9-]+:resourcetag\//)) {
      const isNoWider = entry.operator === operator || entry.operator === "stringequals";
      return isNoWider && entry.values.every((value) => values.includes(value));
    }
    if (is(onlyKeys, /^aws:tagkeys$/)) return !anyOverlap(entry.values, [key]);
    if (is(/^forallvalues:stringnotequalsignorecase$/, /^aws:tagkeys$/)) return anyOverlap(entry.values, [key]);
    // Only while it is made: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    return is(exact, /^ec2:createaction$/) && !anyOverlap(entry.values, ["CreateTags"]);
  });
}

const exact = /^string(equals|equalsignorecase|like)$/;
const onlyKeys = /^forallvalues:string(equals|equalsignorecase|like)$/;

/** Or the request could carry the tag in a second spelling, which a condition takes for the same one. */
function allowsOneSpelling(key: string, entries: readonly Entry[]): boolean {
  return entries.some(({ operator, key: name, values }) => {
    const spellings = values.filter((value) => patternsOverlap(value.toLowerCase(), key));
    return operator === "forallvalues:stringequals" && name === "aws:tagkeys" && spellings.length <= 1;
  });
}

function anyOverlap(left: readonly string[], right: readonly string[]): boolean {
  return left.some((one) => right.some((other) => patternsOverlap(one.toLowerCase(), other.toLowerCase())));
}

function entriesOf({ condition = {} }: EscalationGrant): Entry[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: [values].flat().map(String),
    })),
  );
}
