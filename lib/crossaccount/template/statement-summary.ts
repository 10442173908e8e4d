import { actionsMatching } from "../actions/actions";
import type { KnownAction } from "../actions/read-table";
import type { PolicyStatement } from "../grants/policy-types";
import { conditionWords, sentenceList } from "./condition-words";

const serviceNames: Readonly<Record<string, string>> = {
  "access-analyzer": "Access Analyzer",
  acm: "Certificate Manager",
  apigateway: "API Gateway",
  athena: "Athena",
  autoscaling: "Auto Scaling",
  backup: "Backup",
  "bcm-data-exports": "Data Exports",
  budgets: "Budgets",
  ce: "Cost Explorer",
  cloudformation: "CloudFormation",
  cloudfront: "CloudFront",
  cloudtrail: "CloudTrail",
  cloudwatch: "CloudWatch",
  "compute-optimizer": "Compute Optimizer",
  config: "Config",
  "cost-optimization-hub": "Cost Optimization Hub",
  cur: "Cost and Usage Reports",
  dynamodb: "DynamoDB",
  ec2: "EC2",
  ecr: "ECR",
  ecs: "ECS",
  eks: "EKS",
  elasticache: "ElastiCache",
  elasticfilesystem: "EFS",
  elasticloadbalancing: "Elastic Load Balancing",
  es: "OpenSearch Service",
  events: "EventBridge",
  firehose: "Data Firehose",
  glue: "Glue",
  guardduty: "GuardDuty",
  health: "Health",
  iam: "IAM",
  inspector2: "Inspector",
  kafka: "MSK",
  kinesis: "Kinesis",
  kms: "KMS",
  lambda: "Lambda",
  logs: "CloudWatch Logs",
  organizations: "Organizations",
  pricing: "Price List",
  rds: "RDS",
  redshift: "Redshift",
  route53: "Route 53",
  s3: "S3",
  savingsplans: "Savings Plans",
  secretsmanager: "Secrets Manager",
  securityhub: "Security Hub",
  servicequotas: "Service Quotas",
  sns: "SNS",
  sqs: "SQS",
  ssm: "Systems Manager",
  states: "Step Functions",
  sts: "STS",
  support: "Support",
  tag: "Resource Tagging",
  wafv2: "WAF",
  xray: "X-Ray",
};

type Verb = (typeof verbOrder)[number];
export const verbOrder = [
  "read",
  "use",
  "create",
  "change",
  "tag",
  "delete",
  "pass roles",
  "set permissions",
  "do anything",
] as const;

/** What a call that writes does; the first matching row. AWS's access levels tell the others apart. */
const writingVerbs: readonly (readonly [pattern: RegExp, verb: Verb])[] = [
  [/^PassRole$/, "pass roles"],
  [/^(Decrypt|Encrypt|GenerateDataKey|Invoke|ReEncrypt|Sign|Verify)/, "use"],
  [/^(Allocate|Copy|Create|Import|Run|Request)/, "create"],
  [/^(BatchDelete|Delete|Deregister|Destroy|Purge|Release|Remove|Terminate)/, "delete"],
];
const readingVerbs = /^(BatchGet|Describe|Get|Head|List|Lookup|Query|Scan|Search|Select|Simulate|View)/;

/** A statement in plain words, such as “Read EC2 and CloudWatch, anywhere in the account.” */
export function statementSummary(statement: PolicyStatement): string {
  const allowed = `${doing(statement)}, ${scope(statement)}${conditionWords(statement)}.`;
  return statement.Effect === "Deny" ? `Never ${allowed}` : allowed.charAt(0).toUpperCase() + allowed.slice(1);
}

function doing({ Action = [], NotAction }: PolicyStatement): string {
  if (NotAction) return `do anything except ${sentenceList(shortened(NotAction.map(callOf)))}`;
  const found = new Set(Action.flatMap(verbsOf));
  const verb = found.has("do anything") ? "do anything" : sentenceList(verbOrder.filter((name) => found.has(name)));
  return `${verb} in ${sentenceList([...new Set(Action.map(serviceOf))])}`;
}

/** A whole service by its name, anything else as it is written. */
function callOf(pattern: string): string {
  return /:\*+$/.test(pattern) ? serviceOf(pattern) : pattern;
}

/** Of everything that the pattern allows today; a name that begins with a wildcard may do anything. */
export function verbsOf(pattern: string): readonly Verb[] {
  const name = pattern.slice(pattern.indexOf(":") + 1);
  if (/^[*?]/.test(name)) return ["do anything"];
  const known = actionsMatching(pattern);
  return known.length > 0 ? known.map(verbOf) : [readingVerbs.test(name) ? "read" : verbOfWriting(name)];
}

function verbOf({ name, level }: KnownAction): Verb {
  if (level === "List" || level === "Read") return "read";
  if (level === "Permissions management") return "set permissions";
  if (level === "Tagging") return "tag";
  return verbOfWriting(name.slice(name.indexOf(":") + 1));
}

function verbOfWriting(name: string): Verb {
  return writingVerbs.find(([pattern]) => pattern.test(name))?.[1] ?? "change";
}

export function serviceOf(action: string): string {
  if (action === "*") return "every service";
  const prefix = action.slice(0, action.indexOf(":")).toLowerCase();
  return serviceNames[prefix] ?? prefix;
}

function scope({ Resource: resources = [], NotResource }: PolicyStatement): string {
  return placeWords(resources, NotResource) || "anywhere in the account";
}

/** “only on …”; nothing where it is everything. */
export function placeWords(resources: readonly string[], notResources?: readonly string[]): string {
  if (notResources?.includes("*")) return "nowhere";
  if (notResources)
    return `anywhere in the account except on ${sentenceList(shortened(notResources.map(resourceName)))}`;
  if (resources.includes("*")) return "";
  return `only on ${sentenceList(shortened(resources.map(resourceName)))}`;
}

function resourceName(arn: string): string {
  if (/^arn:[^:]+:iam::aws:policy\/\*$/.test(arn)) return "policies by AWS";
  return arn.split(":").slice(5).join(":");
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= 3 ? names : [...names.slice(0, 2), `${names.length - 2} more`];
}
