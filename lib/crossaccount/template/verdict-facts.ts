import { actionsMatching } from "../actions/actions";
import type { Claim, Reach, VerdictFacts } from "../verdict";
import type { ReviewedManagedPolicy, ReviewedPermission } from "./permission-review";
import { placeWords, serviceOf, verbOrder, verbsOf } from "./statement-summary";

/** What each permission contributes to the verdict. The role's own upkeep is told by itself, and what is denied adds nothing. */
export function verdictFacts(
  permissions: readonly ReviewedPermission[],
  managedPolicies: readonly ReviewedManagedPolicy[],
): readonly VerdictFacts[] {
  const allowed = permissions.filter(({ effect, upkeep }) => effect === "Allow" && !upkeep);
  return [
    ...allowed.map(({ phase, feature, actions, resources, notResources, escalates, leadsTo }) => ({
      ...{ phase, feature },
      ...reachOf(actions, placeWords(resources, notResources)),
      refutes: refutedBy(actions),
      policiesByAws: [],
      escalates: escalates !== undefined || leadsTo.length > 0,
    })),
    ...managedPolicies.map(({ phase, feature, name, readOnly, escalates }) => ({
      ...{ phase, feature, reads: [], changes: [], refutes: [] },
      policiesByAws: [{ name, readOnly }],
      escalates: escalates !== undefined,
    })),
  ];
}

function reachOf(actions: readonly string[], where: string): Pick<VerdictFacts, "reads" | "changes"> {
  const verbs = actions.map((action) => ({ service: serviceOf(action), verbs: verbsOf(action) }));
  const services = (found: typeof verbs) => [...new Set(found.map(({ service }) => service))];
  const readers = verbs.filter((one) => one.verbs.includes("read") || one.verbs.includes("do anything"));
  const writers = verbs.filter((one) => one.verbs.some((verb) => verb !== "read"));
  const reach = (found: typeof verbs): Reach[] => (found.length > 0 ? [{ services: services(found), where }] : []);
  const does = verbOrder.filter((verb) => verb !== "read" && writers.some((one) => one.verbs.includes(verb)));
  return { reads: reach(readers), changes: reach(writers).map((one) => ({ ...one, verbs: does })) };
}

/** Reads of what customers store, by what is claimed not to be read. Patterns of names in lower case. */
const dataReads: readonly (readonly [claim: Claim, action: RegExp])[] = [
  ["buckets", /^s3(-object-lambda|express)?:(getobject|createsession|selectobject)/],
  ["databases", /^dynamodb:(batchget|getitem|getrecords|partiqlselect|query|scan)/],
  ["databases", /^(athena|cassandra|dax|es|aoss|neptune-db|qldb|rds-data|rds-db|redshift-data|sdb|timestream):/],
  ["databases", /^(rds:download|redshift:getclustercredentials|memorydb:connect|elasticache:connect|dsql:dbconnect)/],
  // Disks of databases are disks too.
  ["databases", /^ebs:(get|list)snapshotblock/],
  ["queues", /^(sqs:receive|kinesis:getrecords|kinesis:subscribe|kafka-cluster:readdata|mq:)/],
  ["secrets", /^(secretsmanager:(get|batchget)secret|ssm:getparameter|kms:decrypt|acm:export|ec2:getpassworddata)/],
];

/** Reads that hand out credentials of something else. */
const credentialReads =
  /^(sso:getrolecredentials|sts:get(federation|session)token|cognito-identity:get|iot:assume|eks:access)/;

/** Services whose writes run nothing and open nothing that another service holds; of all others, a write refutes every claim. */
const tameWriters = new Set([
  ...["bcm-data-exports", "budgets", "ce", "cloudwatch", "cur", "freetier", "health", "invoicing", "notifications"],
  ...["pricing", "resource-explorer-2", "support", "tag", "trustedadvisor"],
]);

/** What of S3 concerns buckets, not what is in them. */
const bucketSettings = /^s3:(create|delete|put)(bucket|encryptionconfiguration|lifecycleconfiguration)/;

const every: readonly Claim[] = ["buckets", "databases", "queues", "secrets", "access", "run"];

/** Rather one claim too few: an action that nobody knows refutes them all. */
function refutedBy(patterns: readonly string[]): Claim[] {
  return [...new Set(patterns.flatMap((pattern) => claimsAgainst(pattern)))];
}

function claimsAgainst(pattern: string): readonly Claim[] {
  const known = actionsMatching(pattern);
  if (known.length === 0) return every;
  return known.flatMap(({ name, level }) => {
    const action = name.toLowerCase();
    const service = action.slice(0, action.indexOf(":"));
    if (credentialReads.test(action)) return every;
    const read = dataReads.flatMap(([claim, reads]) => (reads.test(action) ? [claim] : []));
    if (level === "List" || level === "Read" || tameWriters.has(service)) return read;
    // Whoever sets a bucket's policy may open what is in it.
    if (bucketSettings.test(action)) return [...read, "buckets" as const];
    return every;
  });
}
