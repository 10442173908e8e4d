import type { RoleArnParts } from "../aws/role-arn";
import type { CrossAccountConfig } from "../config/config";
import { removePolicyCommand, updateDurationCommand, updateTrustCommand } from "../launch/iam-commands";
import { buildLaunchUrl, buildStackUrl, buildTrustUrl, buildUpdateUrl } from "../launch/launch-link";
import {
  createStackCommand,
  deleteStackCommand,
  revertDriftCommand,
  type UpdateCommand,
  updateStackCommand,
} from "../launch/stack-commands";
import { expectedTrustPolicy, parameterNames, setupExpiry, stackParameters } from "../template";
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
  "missing-permission": (facts) => [restore(facts)],
  "role-unreadable": (facts) => [restore(facts)],
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
            "In the console: leave all parameters as they are",
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

function restore(facts: RemedyFacts): RemedyWay {
  return command(
    "Give the stack the current template, and undo what was changed by hand",
    revertDrift(facts, {}, facts.templateUrl),
  );
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
  const isOwn = ({ arn }: PolicyReference) =>
    arn?.includes(`:${role.accountId}:policy/${config.serviceName}/`) ?? false;
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
  { region, stackName }: RemedyFacts,
  parameters: Record<string, string>,
  templateUrl?: string,
): UpdateCommand {
  return { region, stackName, parameters, keep: parameterNames, ...(templateUrl && { templateUrl }) };
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
