import type { RoleArnParts } from "../aws/role-arn";
import { rolePath } from "../aws/role-arn";
import type { CrossAccountConfig } from "../config/config";
import {
  attachPolicyCommand,
  putBoundaryCommand,
  putPolicyCommand,
  removePolicyCommand,
  updateDurationCommand,
  updateTrustCommand,
} from "../launch/iam-commands";
import { buildLaunchUrl, buildStackUrl, buildTrustUrl, buildUpdateUrl } from "../launch/launch-link";
import {
  createStackCommand,
  deleteStackCommand,
  revertDriftCommand,
  type StackUpdate,
  updateStackCommand,
} from "../launch/stack-commands";
import {
  expectedPolicies,
  expectedSelfRead,
  expectedTrustPolicy,
  featureIds,
  setupExpiry,
  stackParameters,
  templateParameters,
} from "../template";
import type { Check, DiagnosisCause, PolicyReference, RemedyWay } from "../types";

/** Stands for the external ID, which is in no report; who may see it puts it in. */
export const externalIdPlaceholder = "EXTERNAL-ID-OF-THIS-CONNECTION";

/** What a remedy names besides what was found. */
export interface RemedyFacts {
  readonly config: CrossAccountConfig;
  readonly role: RoleArnParts;
  readonly region: string;
  readonly stackName: string;
  /** Where the current template lies; without it nothing is offered that needs it. */
  readonly templateUrl?: string | undefined;
  readonly consoleUrl?: string | undefined;
  readonly now: Date;
}

type Ways = (facts: RemedyFacts, check: Pick<Check, "policies">) => RemedyWay[];

/** How to follow the remedy of a finding. What only words can say has none. */
export function waysFor(cause: DiagnosisCause, facts: RemedyFacts, check: Pick<Check, "policies"> = {}): RemedyWay[] {
  return ways[cause]?.(facts, check) ?? [];
}

const ways: Partial<Record<DiagnosisCause, Ways>> = {
  "role-not-found": (facts) => [
    page("Look whether the stack is there, and how it ended", buildStackUrl(stackOf(facts))),
    ...launch(facts, "There is no such stack: make it"),
    command(
      "The stack is in ROLLBACK_COMPLETE: delete it first, or AWS says that it exists already; then make it",
      deleteStackCommand(facts),
    ),
    command("The stack is there, and its role was deleted or changed by hand: restore it", revertDrift(facts, issued)),
  ],
  "wrong-external-id": (facts) => [
    command("Give the stack the right external ID, and undo what was changed by hand", revertDrift(facts, issued)),
    page("In the console: keep the template and all other parameters", buildUpdateUrl(stackOf(facts)), {
      name: "ExternalId",
      value: externalIdPlaceholder,
    }),
    ...setTrust(facts, "The stack has that external ID already: "),
  ],
  "wrong-vendor-principal": (facts) => [
    ...setTrust(facts),
    command("Or let the stack undo what was changed by hand", revertDrift(facts, issued)),
  ],
  "missing-permission": (facts, check) => [...givePolicies(facts, check), restore(facts)],
  "role-unreadable": (facts) => [readItself(facts), restore(facts, "Or, where a stack made it, give the stack")],
  "boundary-gone": (facts) => [...setBoundary(facts), restore(facts)],
  "boundary-edited": (facts) => [restore(facts)],
  "policy-unreadable": removePolicies,
  "explicit-deny": removePolicies,
  "denied-in-part": removePolicies,
  "excess-escalation": removePolicies,
  excess: removePolicies,
  "trust-open": (facts) => trustRepairs(facts),
  "trust-wider": (facts) => trustRepairs(facts),
  "trust-differs": (facts) => trustRepairs(facts),
  "setup-lingers": (facts) => changeParameter(facts, "SetupPhase", "false"),
  "setup-too-long": (facts) => changeParameter(facts, "SetupExpiresAt", setupExpiry(facts.config, facts.now)),
  "setup-period-over": (facts) => changeParameter(facts, "SetupExpiresAt", setupExpiry(facts.config, facts.now)),
  "session-too-short": sessionRepairs,
  "session-too-long": sessionRepairs,
  "template-outdated": (facts) => [
    ...(facts.templateUrl
      ? [command("With the AWS CLI", updateStackCommand(update(facts, {}, facts.templateUrl)))]
      : []),
    ...(facts.templateUrl
      ? [
          page(
            facts.config.features.length > 0
              ? "In the console: leave all parameters as they are, but for a feature that is new: choose true or false"
              : "In the console: leave all parameters as they are",
            buildUpdateUrl({ ...stackOf(facts), templateUrl: facts.templateUrl }),
          ),
        ]
      : []),
  ],
};

const issued = { ExternalId: externalIdPlaceholder };

function trustRepairs(facts: RemedyFacts): RemedyWay[] {
  return [...setTrust(facts), command("Or let the stack undo what was changed by hand", revertDrift(facts, issued))];
}

function setTrust({ config, role, region, consoleUrl }: RemedyFacts, when = ""): RemedyWay[] {
  const { partition, roleName } = role;
  const document = expectedTrustPolicy(config, { partition, externalId: externalIdPlaceholder });
  return [
    command(
      `${when}${when ? "set" : "Set"} the role's trust policy`,
      updateTrustCommand({ region, roleName, document }),
    ),
    page(
      `${when}${when ? "in" : "In"} the console, edit the trust policy and put all of this in its place`,
      buildTrustUrl({ region, consoleUrl, roleName }),
      { name: "Trust policy", value: JSON.stringify(document, null, 2) },
    ),
  ];
}

function restore(facts: RemedyFacts, beginning = "Give the stack"): RemedyWay {
  return command(
    `${beginning} the current template, and undo what was changed by hand`,
    revertDrift(facts, {}, facts.templateUrl),
  );
}

/** Attaches policies by AWS, and writes those of the template that lie in the role itself. Its managed ones only the stack restores. */
function givePolicies(facts: RemedyFacts, { policies = [] }: Pick<Check, "policies">): RemedyWay[] {
  const { config, role, region } = facts;
  const { roleName } = role;
  const { ongoing } = expectedPolicies(config, { ...role, features: featureIds(config) });
  return policies.flatMap(({ name, arn }) => {
    if (arn) return [command(`Attach ${name}`, attachPolicyCommand({ region, roleName, arn }))];
    const inside = ongoing.find((policy) => policy.name === name && policy.arn === undefined);
    if (!inside) return [];
    return [command(`Write ${name} into the role`, putPolicyCommand({ region, roleName, ...inside }))];
  });
}

function readItself({ config, role, region }: RemedyFacts): RemedyWay {
  const document = expectedSelfRead(config, role);
  return command(
    "Let the role read itself, and nothing else, by a policy of its own",
    putPolicyCommand({ region, roleName: role.roleName, name: "CrossAccountReadSelf", document }),
  );
}

/** The policy of the stack is there already where only the role was changed. */
function setBoundary({ config, role, region }: RemedyFacts): RemedyWay[] {
  const { boundary } = expectedPolicies(config, role);
  if (!boundary) return [];
  const when = boundary.document
    ? "The policy is there still: set it as the role's boundary"
    : "Set the role's boundary";
  return [command(when, putBoundaryCommand({ region, roleName: role.roleName, arn: boundary.arn }))];
}

function sessionRepairs(facts: RemedyFacts): RemedyWay[] {
  const { region, role, config } = facts;
  const seconds = Math.max(3_600, config.sessionDuration);
  return [
    command("Set the role's longest session", updateDurationCommand({ region, roleName: role.roleName, seconds })),
    restore(facts),
  ];
}

function removePolicies(facts: RemedyFacts, { policies = [] }: Pick<Check, "policies">): RemedyWay[] {
  const { region, role, config } = facts;
  const { roleName } = role;
  // What the stack made and someone edited is restored, not taken away.
  const isOwn = ({ arn }: PolicyReference) => arn?.includes(`:${role.accountId}:policy${rolePath(config)}`) ?? false;
  const foreign = policies.filter((policy) => !isOwn(policy));
  const commands = foreign.map(({ name, arn }) =>
    command(`Take ${name} away`, removePolicyCommand({ region, roleName, name, ...(arn && { arn }) })),
  );
  return [...commands, ...(policies.some(isOwn) ? [restore(facts)] : [])];
}

function changeParameter(facts: RemedyFacts, name: string, value: string): RemedyWay[] {
  return [
    command("With the AWS CLI", updateStackCommand(update(facts, { [name]: value }))),
    page("In the console: keep the template and all other parameters", buildUpdateUrl(stackOf(facts)), { name, value }),
  ];
}

function launch(facts: RemedyFacts, label: string): RemedyWay[] {
  const { config, region, role, stackName, templateUrl, consoleUrl, now } = facts;
  if (!templateUrl) return [];
  const parameters = stackParameters(config, {
    region,
    externalId: externalIdPlaceholder,
    roleName: role.roleName,
    setupPhase: true,
    setupExpiresAt: setupExpiry(config, now),
  });
  const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
  return [
    page(label, buildLaunchUrl({ region, stackName, templateUrl, parameters, consoleUrl })),
    command(`${label}, with the AWS CLI`, createStackCommand({ region, stackName, templateUrl, parameters: filled })),
  ];
}

function revertDrift(facts: RemedyFacts, parameters: Record<string, string>, templateUrl?: string): string {
  // Another name each time: a change set that found nothing to do keeps its name.
  const changeSetName = `repair-${facts.now.toISOString().replace(/\D/g, "").slice(0, 14)}`;
  return revertDriftCommand({ ...update(facts, parameters, templateUrl), changeSetName });
}

function update(
  { config, region, stackName }: RemedyFacts,
  parameters: Record<string, string>,
  templateUrl?: string,
): StackUpdate {
  const template = templateUrl && { url: templateUrl, ...templateParameters(config) };
  return { region, stackName, parameters, ...(template && { template }) };
}

function stackOf({ region, stackName, consoleUrl }: RemedyFacts) {
  return { region, consoleUrl, stackId: stackName };
}

function command(label: string, value: string): RemedyWay {
  return { kind: "command", label, value };
}

function page(label: string, value: string, enter?: RemedyWay["enter"]): RemedyWay {
  return { kind: "page", label, value, ...(enter && { enter }) };
}
