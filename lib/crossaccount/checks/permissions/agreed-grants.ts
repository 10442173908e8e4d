import type { CrossAccountConfig } from "../../config/config";
import { featureIds, isChosen } from "../../grants/parts";
import { type ExpectedRole, expectedPolicies } from "../../template";
import { type ExpectedStatement, expectedStatements } from "./gaps";
import { type OwnDenies, ownDenies } from "./own-denies";

/** What a role may have at most, whatever features it has. */
export interface EverythingExpected {
  ongoing: readonly ExpectedStatement[];
  setup: readonly ExpectedStatement[];
  managed: readonly { phase: "ongoing" | "setup"; feature?: string; arn: string }[];
  /** What to read, in the shape that the reading takes. */
  policies: { predicted: { arns: string[]; inline: string[] }; byAws: string[] };
}

/** What a role of these features should have. */
export interface AgreedGrants {
  features: readonly string[];
  ongoing: readonly ExpectedStatement[];
  setup: readonly ExpectedStatement[];
  denies: OwnDenies;
  /** ARNs of policies by AWS. */
  managed: { ongoing: readonly string[]; setup: readonly string[] };
}

export function everythingExpected(config: CrossAccountConfig, role: ExpectedRole): EverythingExpected {
  const expected = expectedPolicies(config, { ...role, features: featureIds(config) });
  const policies = [...expected.ongoing, ...expected.setup];
  return {
    ongoing: expectedStatements(expected.ongoing),
    setup: expectedStatements(expected.setup),
    managed: expected.managed,
    policies: {
      predicted: {
        arns: policies.flatMap(({ arn }) => arn ?? []),
        inline: policies.flatMap(({ arn, name }) => (arn === undefined ? [name] : [])),
      },
      byAws: expected.managed.map(({ arn }) => arn),
    },
  };
}

export function agreedGrants(all: EverythingExpected, features: readonly string[]): AgreedGrants {
  const isGranted = isChosen(features);
  const ongoing = all.ongoing.filter(isGranted);
  const setup = all.setup.filter(isGranted);
  const managed = all.managed.filter(isGranted);
  const arns = (wanted: "ongoing" | "setup") => managed.filter(({ phase }) => phase === wanted).map(({ arn }) => arn);
  return {
    features,
    ongoing,
    setup,
    denies: ownDenies([...ongoing, ...setup]),
    managed: { ongoing: arns("ongoing"), setup: arns("setup") },
  };
}
