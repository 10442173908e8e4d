import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PolicyDocument, parsePolicy } from "../../../../sandbox/policy/document";
import { evaluate } from "../../../../sandbox/policy/evaluate";
import { RequestKeys } from "../../../../sandbox/policy/request-keys";
import type { Principal } from "../../../../sandbox/service";
import { administrator, webIdentity } from "../../../../sandbox/service/principals";
import { testConfig } from "../../testing/customer";
import { accountId, vendor } from "../../testing/run-verification";
import { seeds } from "../../testing/seeds";
import { type GeneratedPolicy, operators, parties, principalShapes, trustPolicy } from "../../testing/trust/policies";
import { parseTrustPolicy } from "./document";
import type { Attempt } from "./evaluation";
import { type Opening, providersIn, readTrust } from "./openings";
import { issuerOf, sharedIssuer } from "./shared-issuers";
import { checkTrustPolicy } from "./trust-policy";

const { ours, others, stranger, github, pool } = parties;
const role = { partition: "aws", accountId, path: "/acme/", roleName: "Role" } as const;
const now = new Date("2026-11-26T12:00:00Z");
const later = new Date("2100-06-01T00:00:00Z");
const othersExternalIds = new Set([others, others.toUpperCase()]);

interface Asker {
  name: string;
  caller: Principal;
  action: string;
  keys: Record<string, string | string[]>;
}

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const identity = [parsePolicy(everything)];

/** Whether the sandbox, which reads policies by code of its own, lets them in. */
function letsIn(
  document: PolicyDocument,
  { caller, action }: Pick<Asker, "caller" | "action">,
  keys: RequestKeys,
): boolean {
  const request = { caller, action, resource: "*", resourceAccountId: accountId, keys };
  return evaluate({ identity, resource: document, resourceRequired: true }, request).allowed;
}

const keysOf = (keys: Asker["keys"]) => new RequestKeys(keys, () => undefined);

const at = (time: Date) => ({
  "aws:CurrentTime": time.toISOString(),
  "aws:EpochTime": String(Math.floor(time.getTime() / 1_000)),
});
const call = {
  "aws:SecureTransport": "true",
  "aws:PrincipalIsAWSService": "false",
  "aws:SourceIp": "203.0.113.7",
  "sts:RoleSessionName": "audit",
};

function identityKeys({ accountId: account, principalArn }: Principal, externalId: string | undefined) {
  return {
    ...call,
    "aws:PrincipalAccount": account,
    "aws:PrincipalArn": principalArn,
    "aws:PrincipalOrgID": account === vendor ? parties.vendorsOrganization : parties.strangersOrganization,
    ...(externalId && { "sts:ExternalId": externalId }),
  };
}

const vendors = administrator(vendor, "aws");
const worker: Principal = {
  ...{ kind: "assumed-role", accountId: vendor, partition: "aws", principalArn: parties.vendorRole },
  ...{ arn: `arn:aws:sts::${vendor}:assumed-role/worker/audit`, userId: "AROAWORKER:audit" },
};
const strangers = administrator(stranger, "aws");
const wrong = [undefined, "Probe:0", `acme-${"2d".repeat(16)}`, `${ours.slice(0, 24)}${"9".repeat(13)}`, others];

const byId = (name: string, caller: Principal, ids: readonly (string | undefined)[]): Asker[] =>
  ids.map((id) => ({
    ...{ name: `${name} with ${id ?? "no ID"}`, caller, action: "sts:AssumeRole" },
    keys: identityKeys(caller, id),
  }));
const tagged = (asker: Asker): Asker => ({
  ...asker,
  name: `${asker.name}, tagged`,
  keys: {
    ...asker.keys,
    "aws:PrincipalTag/team": "acme",
    "aws:PrincipalTag/account": asker.keys["aws:PrincipalAccount"] ?? "none",
    "aws:MultiFactorAuthPresent": "true",
    "aws:MultiFactorAuthAge": "10",
  },
});
function byToken(name: string, provider: string, claims: Record<string, string | string[]>): Asker {
  const issuer = issuerOf(provider);
  const keys = Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]));
  const caller = webIdentity(provider, String(claims.sub), "aws");
  return { name, caller, action: "sts:AssumeRoleWithWebIdentity", keys: { ...call, ...keys } };
}

/** Whom a closed role must refuse. A listed ID is not among the wrong ones: a list is no opening. */
const intruders: readonly Asker[] = [
  ...byId("the vendor", vendors, wrong),
  ...byId("another role of the vendor's", worker, wrong),
  ...byId("another account", strangers, [ours, ...wrong]),
  ...["repo:evil/app:ref:refs/heads/main", "repo:acme-evil/x:ref:refs/heads/main", "repo:acmes/app:y"].map((sub) =>
    byToken(`a stranger's ${sub}`, github, {
      sub,
      ref: "refs/heads/main",
      repository_owner_id: "666",
      aud: "sts.amazonaws.com",
    }),
  ),
  byToken("a stranger's Google account", "accounts.google.com", { sub: "2", aud: "client.apps.example" }),
  byToken("a guest", "cognito-identity.amazonaws.com", { sub: "us-east-1:9", aud: pool, amr: ["unauthenticated"] }),
];
const [vendorAsks] = byId("the vendor", vendors, [ours]);

/** Each asks now and, where the policy speaks of time, later; and where it speaks of what they may choose, with that too. */
const circumstances = (asker: Asker) =>
  [asker, tagged(asker)].map(({ name, keys, ...rest }) => ({
    ...{ ...rest, name, now: keysOf({ ...keys, ...at(now) }), later: keysOf({ ...keys, ...at(later) }) },
  }));
type Circumstance = ReturnType<typeof circumstances>[number];
const untagged = intruders.flatMap((asker) => circumstances(asker).slice(0, 1));
const all = intruders.flatMap(circumstances);
const vendorsOwn = vendorAsks ? circumstances(vendorAsks) : [];

const enters = (document: PolicyDocument, asker: Circumstance, timed: boolean) =>
  letsIn(document, asker, asker.now) || (timed && letsIn(document, asker, asker.later));

/** The request by which the reading says that someone gets in, asked of the sandbox. */
function isConfirmed(document: PolicyDocument, { action, who, keys }: Attempt): boolean {
  const caller: Principal =
    who.kind === "federated"
      ? webIdentity(who.provider, "subject", "aws")
      : {
          ...{ kind: who.sessionArn || who.arn.includes(":role/") ? "assumed-role" : "user", accountId: who.accountId },
          ...{ partition: who.partition, arn: who.sessionArn ?? who.arn, principalArn: who.arn, userId: "id" },
        };
  const given = Object.fromEntries([...keys].map(([key, values]) => [key, [...values]]));
  return letsIn(document, { caller, action }, keysOf(given));
}

/** Whom the reading says to get in who must not. */
function openingsOf(document: string): Opening[] {
  const statements = parseTrustPolicy(document) ?? [];
  const reader = {
    ...{ partition: "aws", accountId, vendorAccountId: vendor, externalId: ours, othersExternalIds },
    now,
  };
  const reading = readTrust(statements, reader);
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((allow) => [
      reading.toGuesses(allow),
      ...[...othersExternalIds].map((id) => reading.toVendor(allow, id)),
      ...reading.toStrangers(allow),
      ...providersIn(allow, reader)
        .filter((provider) => sharedIssuer(issuerOf(provider)))
        .map((provider) => reading.toBearers(allow, provider)),
    ])
    .filter((opening) => opening !== null);
}

interface Count {
  open: number;
  closed: number;
  unclear: number;
  unsure: number;
  pairs: Map<string, number>;
}

function judge(policy: Pick<GeneratedPolicy, "Version"> & { Statement: readonly object[] }, count: Count): void {
  const document = JSON.stringify(policy);
  const { open, unclear } = checkTrustPolicy({
    document,
    config: testConfig,
    role,
    externalId: ours,
    othersExternalIds,
    now,
  });
  const parsed = parsePolicy(document);
  const timed = /Time/.test(document);
  const askers = /PrincipalTag|MultiFactor/.test(document) ? all : untagged;
  const entered = askers.filter((asker) => enters(parsed, asker, timed)).map(({ name }) => name);
  const admitted = vendorsOwn.some((asker) => letsIn(parsed, asker, asker.now));
  if (!open) expect(entered, `called closed: ${document}`).toEqual([]);
  if (unclear) expect(admitted, `called unclear: ${document}`).toBe(false);
  if (open && entered.length === 0) {
    const openings = openingsOf(document);
    const confirmed = openings.some(({ attempt, sure }) => sure && isConfirmed(parsed, attempt));
    if (!confirmed)
      expect(
        openings.every(({ sure }) => !sure),
        `called open: ${document}`,
      ).toBe(true);
    if (!confirmed) count.unsure += 1;
  }
  count[open ? "open" : unclear ? "unclear" : "closed"] += 1;
  for (const statement of policy.Statement) countPairs(statement, count.pairs);
}

const shapes = new Map(Object.entries(principalShapes).map(([name, shape]) => [JSON.stringify(shape), name]));
function countPairs(statement: object, pairs: Map<string, number>): void {
  const { Principal, NotPrincipal, Condition = {} } = statement as Record<string, object | undefined>;
  const shape = shapes.get(JSON.stringify(NotPrincipal ? { NotPrincipal } : { Principal })) ?? "";
  for (const [operator, keys] of Object.entries(Condition)) {
    const pair = `${operator.replace(/^.*:|IfExists$/g, "")} × ${shape}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + Object.keys(keys as object).length);
  }
}

const empty = (): Count => ({ open: 0, closed: 0, unclear: 0, unsure: 0, pairs: new Map() });

describe("beside a statement as it should be, one that lets in who sends no external ID", () => {
  const good = { Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" };
  const equal = { StringEquals: { "sts:ExternalId": ours } };
  const ifThere = { "sts:ExternalId": ours };
  const missing = { Null: { "sts:ExternalId": "true" } };

  test.each<[string, object]>([
    ["that it is missing", missing],
    ["that it is missing, and right if it is there", { ...missing, StringEqualsIfExists: ifThere }],
    ["the same, in other letters", { ...missing, StringEqualsIgnoreCaseIfExists: ifThere }],
    ["the same, as a pattern", { ...missing, StringLikeIfExists: ifThere }],
    ["the same, of all there are", { ...missing, "ForAllValues:StringEquals": ifThere }],
    ["that it is right if it is there", { StringEqualsIfExists: ifThere }],
    ["that all there are be right", { "ForAllValues:StringEquals": ifThere }],
    ["that it is no other", { StringNotEquals: { "sts:ExternalId": others } }],
  ])("demands %s", (_what, Condition) => {
    const count = empty();
    const statements = [
      { ...good, Condition: equal },
      { ...good, Condition },
    ];
    for (const Statement of [statements, statements.toReversed()]) judge({ Version: "2012-10-17", Statement }, count);
    expect(count).toMatchObject({ open: 2, unsure: 0 });
  });
});

/** The last seed is another one at each run; the test's name says which, to keep what it finds. */
const [random = 0] = seeds();
describe("against the sandbox's evaluator", () => {
  test.each([
    [20_261_126, 20_000],
    [20_261_122, 1_000],
    [1_272_796_986, 2_000],
    [random, 2_000],
  ])(
    "a trust policy is called closed only where nobody gets in, and open only where someone does (seed %i, %i policies)",
    (seed, numRuns) => {
      const count = empty();
      fc.assert(
        fc.property(trustPolicy, (policy) => judge(policy, count)),
        { numRuns, seed },
      );
      const judged = count.open + count.closed + count.unclear;
      expect(judged).toBeGreaterThanOrEqual(numRuns);
      expect(Math.min(count.open, count.closed) / judged).toBeGreaterThan(0.2);
      expect(count.unsure / judged).toBeLessThan(0.02);
      if (numRuns < 20_000) return;
      const wanted = [...operators.keys()].flatMap((operator) =>
        [...shapes.values()].map((shape) => `${operator} × ${shape}`),
      );
      const rare = wanted.filter((pair) => (count.pairs.get(pair) ?? 0) < 50);
      expect(rare).toEqual([]);
    },
    // Half a minute where nothing else runs.
    300_000,
  );
});
