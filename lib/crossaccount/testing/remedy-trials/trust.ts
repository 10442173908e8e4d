import type { CustomerWorld } from "../customer-world";
import { trust, vendor } from "../run-verification";
import { afterLaunch, both, edited, launched, nothing, trusts, trustWays } from "./arrange";
import type { RemedyTrial } from "./trial";

export const trustTrials: RemedyTrial[] = [
  ...[
    ["has no condition", () => trust(undefined)],
    [
      "ends in IfExists",
      ({ externalId }: CustomerWorld) => trust({ StringEqualsIfExists: { "sts:ExternalId": externalId } }),
    ],
    ["has a wildcard", () => trust({ StringLike: { "sts:ExternalId": "acme-*" } })],
    [
      "names another account too",
      ({ externalId }: CustomerWorld) =>
        trust(
          { StringEquals: { "sts:ExternalId": externalId } },
          {
            AWS: [`arn:aws:iam::${vendor}:root`, "arn:aws:iam::444455556666:root"],
          },
        ),
    ],
  ].flatMap(([what, policy]) =>
    both(
      {
        cause: "trust-open",
        fault: `the trust policy ${what as string}`,
        arrange: trusts(policy as (world: CustomerWorld) => object),
      },
      ...trustWays,
    ),
  ),
  ...both(
    {
      cause: "trust-wider",
      fault: "the trust policy allows more than AssumeRole",
      arrange: trusts(({ externalId }) => {
        const [statement] = trust({ StringEquals: { "sts:ExternalId": externalId } }).Statement;
        return {
          Version: "2012-10-17",
          Statement: [{ ...statement, Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"] }],
        };
      }),
    },
    ...trustWays,
  ),
  ...both(
    {
      cause: "trust-differs",
      fault: "the trust policy lists an ID that nobody needs",
      arrange: trusts(({ externalId }) => trust({ StringEquals: { "sts:ExternalId": [externalId, edited] } })),
    },
    ...trustWays,
  ),
];

export const identityTrials: RemedyTrial[] = [
  {
    cause: "role-made-again",
    fault: "the role has another ID than before",
    arrange: launched(),
    request: { roleId: "AROA0000000000000000" },
    words: nothing,
  },
  {
    cause: "used-by-others",
    fault: "the role was used before we ever did",
    arrange: afterLaunch(async (world) => {
      await world.verify();
      world.time.waitedMs += 6 * 60_000;
    }),
    request: { lastAssumedAt: null },
    after: ({ time }) => ({ lastAssumedAt: time.clock() }),
    words: nothing,
  },
];
