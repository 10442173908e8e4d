import type { CrossAccountConfig } from "../../config/config";
import { featureIds, isChosen } from "../../grants/parts";
import { type ExpectedBoundary, type ExpectedRole, expectedPolicies } from "../../template";
import { type ExpectedStatement, expectedStatements } from "./expected-statement";
import type { AgreedBoundary } from "./own-boundary";
import { type OwnLimits, ownLimits } from "./own-limits";

/** What a role may have at most, whatever features it has. */
export interface EverythingExpected {
  ongoing: readonly ExpectedStatement[];
  setup: readonly ExpectedStatement[];
  managed: readonly { phase: "ongoing" | "setup"; feature?: string; arn: string }[];
  /** What to read, in the shape that the reading takes. */
  policies: { predicted: { arns: string[]; inline: string[] }; byAws: string[]; boundaryByAws?: string };
  boundary?: AgreedBoundary;
}

/** What a role of these features should have. */
export interface AgreedGrants {
  features: readonly string[];
  ongoing: readonly ExpectedStatement[];
  setup: readonly ExpectedStatement[];
  limits: OwnLimits;
  /** ARNs of policies by AWS. */
  managed: { ongoing: readonly string[]; setup: readonly string[] };
  /** Nothing where the customer's own takes its place. */
  boundary?: AgreedBoundary;
}

export function everythingExpected(config: CrossAccountConfig, role: ExpectedRole): EverythingExpected {
  const expected = expectedPolicies(config, { ...role, features: featureIds(config) });
  const policies = [...expected.ongoing, ...expected.setup];
  const boundary = expected.boundary && agreedBoundary(expected.boundary);
  return {
    ongoing: expectedStatements(expected.ongoing),
    setup: expectedStatements(expected.setup),
    managed: expected.managed,
    policies: {
      predicted: {
        arns: [...policies.flatMap(({ arn }) => arn ?? []), ...(boundary?.statements ? [boundary.arn] : [])],
        inline: policies.flatMap(({ arn, name }) => (arn === undefined ? [name] : [])),
      },
      byAws: expected.managed.map(({ arn }) => arn),
      ...(boundary && !boundary.statements && { boundaryByAws: boundary.arn }),
    },
    ...(boundary && { boundary }),
  };
}

function agreedBoundary({ name, arn, document }: ExpectedBoundary): AgreedBoundary {
  return { name, arn, ...(document && { statements: expectedStatements([{ name, document }]) }) };
}

export function agreedGrants(
  all: EverythingExpected,
  { features, customersBoundary }: { features: readonly string[]; customersBoundary: boolean },
): AgreedGrants {
  const boundary = customersBoundary ? undefined : all.boundary;
  const isGranted = isChosen(features);
  const ongoing = all.ongoing.filter(isGranted);
  const setup = all.setup.filter(isGranted);
  const managed = all.managed.filter(isGranted);
  const arns = (wanted: "ongoing" | "setup") => managed.filter(({ phase }) => phase === wanted).map(({ arn }) => arn);
  return {
    features,
    ongoing,
    setup,
    limits: ownLimits([...ongoing, ...setup], boundary),
    ...(boundary && { boundary }),
    managed: { ongoing: arns("ongoing"), setup: arns("setup") },
  };
}
