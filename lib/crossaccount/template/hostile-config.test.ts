import fc from "fast-check";
import { expect, test } from "vitest";
import { type CrossAccountConfig, parseConfig } from "../config/config";
import { CrossAccountError } from "../errors";
import type { PolicyDocument, PolicyStatement } from "../grants/policy-types";
import { expiredSetup } from "../grants/values";
import { evaluateTemplate } from "../testing/evaluate-template";
import { seeds } from "../testing/seeds";
import { renderTemplate } from "./index";

const fragments = [
  '"',
  "\\",
  "'",
  "`",
  `\${`,
  "}",
  `\${AWS::AccountId}`,
  `\${!x}`,
  `\${aws:username}`,
  "!Sub ",
  "{{resolve:ssm:x}}",
  "{{",
  "}}",
  "\n",
  "\t",
  "\u00e9",
  "\u00ff",
  "\u007f",
  "\u0000",
  "\u2028",
  "☃",
  "\ud800",
  "*",
  "?",
  ":",
  "/",
  ",",
  " ",
  "--- ",
  "&x",
  "<!--",
  "__proto__",
  "constructor",
  "Ref",
  "Fn::Sub",
  "Fn::GetAtt",
  "Fn::Transform",
  "AWS::NoValue",
  "ExternalId",
  "arn:aws:",
  "s3:",
  "a",
  "7",
];
const hostileText = fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join(""));
const mostly = <T>(usual: fc.Arbitrary<T>, hostile: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 80, arbitrary: usual }, { weight: 1, arbitrary: hostile });

const action = mostly(fc.constantFrom("s3:GetObject", "ec2:Describe*", "s3:Put?bject", "s3:*"), hostileText);
const textOf = (parts: readonly string[]) =>
  fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 6 }).map((chosen) => chosen.join(""));
const plainParts = fragments.filter((part) => /^[\u0020-\u00ff]*$/.test(part) && !/\{\{|\$/.test(part));
const plainText = textOf(plainParts);
/** With what IAM itself would replace, which CloudFormation must leave alone. */
const iamText = textOf([...plainParts, `\${aws:username}`, `\${*}`, `\${$}{AWS::AccountId}`, `$\${$}{!x}`]);
const resource = mostly(
  fc.oneof(
    fc.constantFrom("*", "arn:aws:s3:::bucket/*"),
    iamText.map((text) => `arn:aws:s3:::${text}`),
  ),
  hostileText,
);
const hostileKey = mostly(
  fc.oneof(
    fc.constantFrom("aws:RequestedRegion", "s3:prefix"),
    plainText.map((text) => `aws:RequestTag/${text}`),
  ),
  hostileText,
);
const scalar = mostly<unknown>(
  fc.oneof(iamText, fc.constantFrom("", "Ref", "arn:aws:iam::aws:policy/x"), fc.boolean(), fc.integer()),
  fc.oneof(hostileText, fc.constantFrom(null, { Ref: "ExternalId" }, { "Fn::Sub": `\${AWS::AccountId}` }, [["x"]])),
);
const listed = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
const stringOperator = mostly(
  fc.constantFrom("StringEquals", "StringLikeIfExists", "ForAnyValue:StringEquals"),
  hostileText,
);
const tagKey = plainText.map((text) => `aws:ResourceTag/a${text}`);
const comparison = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(stringOperator, hostileKey, listed(scalar)) },
  fc.tuple(fc.constant("ArnLike"), tagKey, listed(iamText.map((text) => `arn:aws:s3:::${text}`))),
  fc.tuple(
    fc.constant("DateLessThan"),
    tagKey,
    listed(fc.constantFrom<unknown>("2030-01-31T00:00:00Z", 1_767_225_600)),
  ),
  fc.tuple(fc.constant("Null"), tagKey, fc.boolean()),
);
const condition = fc.array(comparison, { maxLength: 3, minLength: 1 }).map((comparisons) => {
  const blocks = new Map<string, [string, unknown][]>();
  for (const [name, key, value] of comparisons) blocks.set(name, [...(blocks.get(name) ?? []), [key, value]]);
  return ownProperties([...blocks].map(([name, keys]) => [name, ownProperties(keys)]));
});
const statement = fc.record(
  {
    effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    actions: fc.array(action, { minLength: 1, maxLength: 3 }),
    resources: fc.array(resource, { minLength: 1, maxLength: 3 }),
    condition,
    why: fc.constant("Because."),
    risk: fc.constant("low"),
    broad: fc.constant("Because."),
  },
  { requiredKeys: ["effect", "actions", "resources", "why", "risk", "broad"] },
);
const numbered = (prefix: string) =>
  fc
    .array(statement, { minLength: 1, maxLength: 3 })
    .map((list) => list.map((item, index) => ({ sid: `${prefix}${index}`, ...item })));
const declaration = fc.record({
  serviceName: mostly(fc.constantFrom("Nimbus", "a-b-c"), hostileText),
  productName: mostly(fc.oneof(fc.constant("Nimbus"), iamText), hostileText),
  prefix: mostly(fc.constantFrom("nimbus", "a.b+c", "x=y:/@,_"), hostileText),
  ongoing: numbered("O"),
  setup: numbered("S"),
});

const tried = seeds(20_261_122).map((seed, index) =>
  index === 0 ? ([seed, 1_500, 100] as const) : ([seed, 300, 5] as const),
);

test.each(tried)(
  "whatever a config holds, it is refused, or its template means exactly what it says (seed %i, %i times)",
  (seed, numRuns, least) => {
    const seen = { rendered: 0, refused: 0 };
    fc.assert(
      fc.property(declaration, (input) => {
        const config = accepted(input);
        if (!config) {
          seen.refused += 1;
          return;
        }
        seen.rendered += 1;
        const stack = evaluateTemplate(renderTemplate(config), {
          parameters: { ExternalId: `${config.externalIdPrefix}-${"0f".repeat(16)}` },
        });
        expect(stack.resources.CrossAccountRole?.Properties).toMatchObject({
          Path: `/${config.serviceName}/`,
          AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: "arn:aws:iam::123456789012:root" } }] },
        });
        expect(JSON.stringify(stack.outputs.NextSteps)).toContain(
          JSON.stringify(config.branding.productName).slice(1, -1),
        );
        const ongoing = statementsOf(stack.resources.OngoingPolicy).slice(2);
        expect(ongoing).toEqual(
          config.ongoingPermissions.map((item, index) => meaning(item.sid, input.ongoing[index])),
        );
        const setup = statementsOf(stack.resources.SetupPolicy);
        expect(setup).toEqual(
          config.setupPermissions.map((item, index) => expiring(meaning(item.sid, input.setup[index]))),
        );
      }),
      { numRuns, seed },
    );
    expect(Math.min(seen.rendered, seen.refused)).toBeGreaterThan(least);
  },
);

function accepted(input: typeof declaration extends fc.Arbitrary<infer T> ? T : never): CrossAccountConfig | undefined {
  try {
    return parseConfig({
      serviceName: input.serviceName,
      serviceAccountId: "123456789012",
      templateS3Bucket: "nimbus-templates",
      externalIdPrefix: input.prefix,
      ongoingPermissions: input.ongoing,
      setupPermissions: input.setup,
      branding: { productName: input.productName, supportEmail: "support@nimbus.example" },
    });
  } catch (error) {
    if (error instanceof CrossAccountError && error.code === "config-invalid") return undefined;
    throw error;
  }
}

type Declared = typeof statement extends fc.Arbitrary<infer T> ? T : never;

/** What the author wrote, read by the rules of IAM alone. */
function meaning(sid: string, declared: Declared | undefined) {
  return {
    Sid: sid,
    Effect: declared?.effect,
    Action: declared?.actions,
    Resource: declared?.resources,
    ...(declared?.condition !== undefined && { Condition: textual(declared.condition) }),
  };
}

function expiring(statement: ReturnType<typeof meaning>) {
  if (statement.Effect === "Deny") return statement;
  const Condition = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>;
  return {
    ...statement,
    Condition: { ...Condition, DateLessThan: { ...Condition.DateLessThan, "aws:CurrentTime": expiredSetup } },
  };
}

function textual(condition: unknown): unknown {
  if (Array.isArray(condition)) return condition.map(textual);
  if (typeof condition !== "object" || condition === null) return String(condition);
  return ownProperties(Object.entries(condition).map(([key, item]) => [key, textual(item)]));
}

function statementsOf(resource: { Properties: Record<string, unknown> } | undefined): readonly PolicyStatement[] {
  return (resource?.Properties.PolicyDocument as PolicyDocument | undefined)?.Statement ?? [];
}

function ownProperties(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}
