import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { accountId, newExternalId, trust, vendor } from "../run-verification";
import { guide, organizations, type RoleRow, type RoleWorld } from "./row";

const operators = guide("reference_policies_elements_condition_operators");
const principals = guide("reference_policies_elements_principal");
const externalIds = guide("id_roles_create_for-user_externalid");
const sharedProviders = guide("id_roles_providers_oidc_secure-by-default");
const stranger = "999988887777";
const vendorUser = `arn:aws:iam::${vendor}:user/administrator`;
const is = (externalId: string) => ({ StringEquals: { "sts:ExternalId": externalId } });

/** Makes a role whose trust policy is made from its external ID. */
const trusting = (policy: (externalId: string) => object) => (world: RoleWorld) =>
  world.make({ trustPolicy: policy(world.externalId) });
const withStatements = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const vendorStatement = (externalId: string, change: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${vendor}:root` },
  Action: "sts:AssumeRole",
  Condition: is(externalId),
  ...change,
});

const workflows = (subject: string) => ({
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringLike: { "token.actions.githubusercontent.com:sub": subject } },
});

const active = { status: "active", outcome: "proven" } as const;
const degraded = { status: "degraded", outcome: "proven" } as const;
const insecure = { status: "insecure", outcome: "insecure" } as const;
const refused = { status: "pending", outcome: "failed", checks: { "assume-role": "failed" } } as const;
/** A probe that succeeds ends the use of the session, but for what says why: such a role may be anybody's. */
const ended = {
  "trust-policy": "failed",
  "session-duration": "skipped",
  "template-version": "skipped",
  identity: "skipped",
  "ongoing-permissions": "skipped",
  "setup-permissions": "skipped",
  "excess-permissions": "skipped",
} as const;

async function setTrust(world: RoleWorld, from: object, to: object, arrives: boolean) {
  const customer = await world.make({ trustPolicy: from });
  if (!arrives) world.sandbox.setPropagation(60_000);
  const PolicyDocument = JSON.stringify(to);
  await customer.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: customer.roleName, PolicyDocument }));
  return customer;
}

/** Trust policies that let in the vendor with this external ID and nobody else. */
const correct: RoleRow[] = [
  { name: "vendor's root as principal", source: principals, arrange: trusting((id) => trust(is(id))), ...active },
  {
    name: "vendor's account ID as principal",
    source: principals,
    arrange: trusting((id) => trust(is(id), { AWS: vendor })),
    ...active,
  },
  {
    name: "an identity of the vendor as principal",
    source: principals,
    arrange: trusting((id) => trust(is(id), { AWS: vendorUser })),
    ...active,
  },
  {
    name: "vendor's root, pinned by aws:PrincipalArn",
    source: guide("reference_policies_condition-keys"),
    arrange: trusting((id) => trust({ ...is(id), ArnEquals: { "aws:PrincipalArn": vendorUser } })),
    ...active,
  },
  {
    name: "everybody, limited to the vendor's account by aws:PrincipalAccount",
    source: guide("reference_policies_condition-keys"),
    arrange: trusting((id) =>
      trust({ StringEquals: { "sts:ExternalId": id, "aws:PrincipalAccount": vendor } }, { AWS: "*" }),
    ),
    ...active,
  },
  {
    name: "a list of external IDs with this one",
    source: guide("reference_policies_multi-value-conditions"),
    arrange: trusting((id) => trust({ StringEquals: { "sts:ExternalId": [newExternalId(), id] } })),
    ...active,
    checks: { "trust-policy": "warning" },
  },
  {
    name: "StringLike without a wildcard",
    source: operators,
    arrange: trusting((id) => trust({ StringLike: { "sts:ExternalId": id } })),
    ...active,
  },
  {
    name: "ForAllValues beside a demand for any ID",
    source: guide("reference_policies_multi-value-conditions"),
    arrange: trusting((id) =>
      trust({ "ForAllValues:StringEquals": { "sts:ExternalId": id }, Null: { "sts:ExternalId": "false" } }),
    ),
    ...active,
  },
  {
    name: "the external ID demanded by a Deny for everybody else",
    source: guide("reference_policies_evaluation-logic"),
    arrange: trusting((id) =>
      withStatements(vendorStatement(id, { Condition: undefined }), {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
        Condition: { StringNotEquals: { "sts:ExternalId": id } },
      }),
    ),
    ...active,
  },
  {
    name: "the external ID demanded by a Deny for the vendor's account",
    source: guide("reference_policies_elements_principal"),
    arrange: trusting((id) =>
      withStatements(vendorStatement(id, { Condition: undefined }), {
        Effect: "Deny",
        Principal: { AWS: `arn:aws:iam::${vendor}:root` },
        Action: "sts:AssumeRole",
        Condition: { StringNotEquals: { "sts:ExternalId": id } },
      }),
    ),
    ...active,
  },
  {
    name: "everybody with the external ID, but for a Deny of other accounts",
    source: guide("access_policies_data-perimeters"),
    arrange: trusting((id) =>
      withStatements(vendorStatement(id, { Principal: "*" }), {
        Effect: "Deny",
        Principal: "*",
        Action: "sts:*",
        Condition: { StringNotEquals: { "aws:PrincipalAccount": vendor } },
      }),
    ),
    ...active,
  },
  {
    name: "everybody with the external ID, but for a Deny of other organizations",
    source: guide("access_policies_data-perimeters"),
    arrange: (world) => {
      world.sandbox.setOrganization({ accountId: vendor, organizationId: "o-vendor1234567" });
      return trusting((id) =>
        withStatements(vendorStatement(id), {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:AssumeRole",
          Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-vendor1234567" } },
        }),
      )(world);
    },
    ...active,
  },
  {
    name: "another account besides, until a date that is past",
    source: operators,
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), {
        Effect: "Allow",
        Principal: { AWS: stranger },
        Action: "sts:AssumeRole",
        Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
      }),
    ),
    ...active,
    checks: { "trust-policy": "warning" },
  },
  {
    name: "a Deny for somebody else",
    source: guide("reference_policies_elements_effect"),
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), {
        Effect: "Deny",
        Principal: { AWS: `arn:aws:iam::${stranger}:root` },
        Action: "sts:AssumeRole",
      }),
    ),
    ...active,
  },
  {
    name: "limited to addresses that the vendor has",
    source: guide("reference_policies_condition-keys"),
    arrange: trusting((id) => trust({ ...is(id), IpAddress: { "aws:SourceIp": ["127.0.0.0/8", "::1/128"] } })),
    ...active,
  },
  {
    name: "limited to the vendor's organization",
    source: guide("reference_policies_condition-keys"),
    arrange: (world) => {
      world.sandbox.setOrganization({ accountId: vendor, organizationId: "o-vendor1234567" });
      return trusting((id) =>
        trust({ StringEquals: { "sts:ExternalId": id, "aws:PrincipalOrgID": "o-vendor1234567" } }),
      )(world);
    },
    ...active,
  },
  {
    name: "a further condition that holds the external ID",
    source: operators,
    arrange: trusting((id) => trust({ ...is(id), StringNotEquals: { "aws:PrincipalTag/owner": id } })),
    ...active,
  },
  {
    name: "sts:TagSession allowed too",
    source: guide("id_session-tags"),
    arrange: trusting((id) => withStatements(vendorStatement(id, { Action: ["sts:AssumeRole", "sts:TagSession"] }))),
    ...active,
    checks: { "trust-policy": "warning" },
  },
];

/** Trust policies that allow more than the template's to identities of the two accounts. */
const wider: RoleRow[] = [
  {
    name: "every action of STS",
    source: guide("reference_policies_elements_action"),
    arrange: trusting((id) => withStatements(vendorStatement(id, { Action: "sts:*" }))),
    ...degraded,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "an identity of the customer's own account besides",
    source: principals,
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "sts:AssumeRole",
      }),
    ),
    ...degraded,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "an AWS service besides",
    source: principals,
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    ),
    ...degraded,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "the customer's own workflows at GitHub besides",
    source: sharedProviders,
    arrange: trusting((id) => withStatements(vendorStatement(id), workflows("repo:acme/*"))),
    ...degraded,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "the external ID in any case",
    source: operators,
    arrange: trusting((id) => trust({ StringEqualsIgnoreCase: { "sts:ExternalId": id } })),
    ...degraded,
    checks: { "trust-policy": "failed" },
  },
];

const anybodyOfTheVendor = (
  name: string,
  condition: (id: string) => object | undefined,
  passes: "all" | "missing" | "wrong",
): RoleRow => ({
  name,
  source: operators,
  arrange: trusting((id) => trust(condition(id))),
  ...insecure,
  checks: {
    ...(passes !== "wrong" && { "reject-missing-external-id": "failed" }),
    ...(passes !== "missing" && { "reject-wrong-external-id": "failed" }),
    ...ended,
  },
});

/** Trust policies that let in others, or the vendor without this external ID. */
const open: RoleRow[] = [
  anybodyOfTheVendor("no condition", () => undefined, "all"),
  anybodyOfTheVendor("StringEqualsIfExists", (id) => ({ StringEqualsIfExists: { "sts:ExternalId": id } }), "missing"),
  anybodyOfTheVendor("ForAllValues", (id) => ({ "ForAllValues:StringEquals": { "sts:ExternalId": id } }), "missing"),
  anybodyOfTheVendor("StringLike *", () => ({ StringLike: { "sts:ExternalId": "*" } }), "wrong"),
  anybodyOfTheVendor("StringLike prefix-*", () => ({ StringLike: { "sts:ExternalId": "acme-*" } }), "wrong"),
  anybodyOfTheVendor("StringNotEquals", () => ({ StringNotEquals: { "sts:ExternalId": "other" } }), "all"),
  anybodyOfTheVendor("Null", () => ({ Null: { "sts:ExternalId": "false" } }), "wrong"),
  {
    name: "StringLike with half of the ID, which no probe can guess",
    source: operators,
    arrange: trusting((id) => trust({ StringLike: { "sts:ExternalId": `${id.slice(0, 20)}*` } })),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "Principal *, with the condition",
    source: externalIds,
    arrange: trusting((id) => trust(is(id), { AWS: "*" })),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "another account in the same statement",
    source: principals,
    arrange: trusting((id) => trust(is(id), { AWS: [vendor, stranger] })),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "another account in a statement of its own",
    source: principals,
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), { Effect: "Allow", Principal: { AWS: stranger }, Action: "sts:AssumeRole" }),
    ),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "a statement without the condition beside the right one",
    source: guide("reference_policies_evaluation-logic"),
    arrange: trusting((id) => withStatements(vendorStatement(id), vendorStatement(id, { Condition: undefined }))),
    ...insecure,
    checks: {
      "reject-missing-external-id": "failed",
      "reject-wrong-external-id": "failed",
      ...ended,
    },
  },
  {
    name: "workflows at GitHub of owners whose names begin alike",
    source: sharedProviders,
    arrange: trusting((id) => withStatements(vendorStatement(id), workflows("repo:acme*"))),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "workflows at GitHub of whoever has a branch of that name",
    source: sharedProviders,
    arrange: trusting((id) => withStatements(vendorStatement(id), workflows("*:ref:refs/heads/main"))),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
  {
    name: "tightened just now, which AWS has not spread",
    source: guide("troubleshoot_general"),
    arrange: (world) => setTrust(world, trust(undefined), trust(is(world.externalId)), false),
    ...insecure,
    checks: { "reject-missing-external-id": "failed", "reject-wrong-external-id": "failed", ...ended },
  },
  {
    name: "loosened just now, which AWS has not spread",
    source: guide("troubleshoot_general"),
    arrange: (world) => setTrust(world, trust(is(world.externalId)), trust(undefined), false),
    ...insecure,
    checks: { "trust-policy": "failed" },
  },
];

/** What AWS shows is not what it goes by, so that it says nothing of who is let in. */
const unexplained: RoleRow[] = [
  {
    name: "a trust policy that allows nobody, which AWS has not spread",
    source: guide("troubleshoot_general"),
    arrange: (world) => {
      const denial = { Effect: "Deny", Principal: { AWS: stranger }, Action: "sts:AssumeRole" };
      return setTrust(world, trust(is(world.externalId)), withStatements(denial), false);
    },
    status: "pending",
    outcome: "inconclusive",
    checks: { "trust-policy": "warning" },
  },
];

/** Roles that the vendor cannot assume. */
const closed: RoleRow[] = [
  {
    name: "wrong external ID",
    source: externalIds,
    arrange: trusting(() => trust(is(newExternalId()))),
    ...refused,
    cause: "wrong-external-id",
  },
  {
    name: "external ID of another connection",
    source: guide("confused-deputy"),
    arrange: async (world) => ({ ...(await world.make()), externalId: newExternalId() }),
    ...refused,
    cause: "wrong-external-id",
  },
  {
    name: "another account than the vendor's",
    source: principals,
    arrange: trusting((id) => trust(is(id), { AWS: stranger })),
    ...refused,
  },
  {
    name: "the right account, another identity",
    source: guide("reference_policies_condition-keys"),
    arrange: trusting((id) =>
      trust({ ...is(id), ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${vendor}:role/other` } }),
    ),
    ...refused,
  },
  {
    name: "a Deny for the vendor",
    source: guide("reference_policies_evaluation-logic"),
    arrange: trusting((id) =>
      withStatements(vendorStatement(id), { Effect: "Deny", Principal: { AWS: vendor }, Action: "sts:AssumeRole" }),
    ),
    ...refused,
  },
  {
    name: "limited to addresses that the vendor has not",
    source: guide("reference_policies_condition-keys"),
    arrange: trusting((id) => trust({ ...is(id), IpAddress: { "aws:SourceIp": "192.0.2.0/24" } })),
    ...refused,
  },
  {
    name: "a resource control policy against outsiders",
    source: organizations("orgs_manage_policies_rcps"),
    arrange: (world) => {
      const deny = { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole", Resource: "*" };
      const outsiders = { StringNotEqualsIfExists: { "aws:PrincipalAccount": accountId } };
      const resourceControlPolicies = [withStatements({ ...deny, Condition: outsiders })];
      world.sandbox.setOrganization({ accountId, resourceControlPolicies });
      return world.make();
    },
    ...refused,
  },
];

export const trustRows: readonly RoleRow[] = [...correct, ...wider, ...open, ...unexplained, ...closed];
