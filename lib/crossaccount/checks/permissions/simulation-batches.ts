import type { ContextEntry, ContextKeyTypeEnum } from "@aws-sdk/client-iam";
import { reservedSids } from "../../grants/self-read";
import type { ExpectedStatement } from "./expected-statement";

/** One SimulatePrincipalPolicy call: each action is tried on each resource. */
export interface SimulationBatch {
  actions: string[];
  resources: string[];
  context: ContextEntry[];
  /** What it is asked for. */
  statements: ExpectedStatement[];
}

/** When and where the simulated calls are made. */
export interface SimulatedSituation {
  now: Date;
  region: string;
}

const MOST_CALLS = 5;

/**
 * As few calls as ask for everything that the statements allow. The simulator takes no wildcard in an action, and what the
 * role may read of itself is proven by its reading, so those are left out.
 */
export function simulationBatches(
  statements: readonly ExpectedStatement[],
  situation: SimulatedSituation,
): SimulationBatch[] {
  const asked = statements.filter(({ effect, sid }) => effect === "Allow" && !reservedSids.includes(sid));
  const precise = batchesBy(asked, situation, (statement) => simulatedResources(statement).join(" "));
  return precise.length <= MOST_CALLS ? precise : batchesBy(asked, situation, () => "");
}

/** All but some are asked about as all: of what is left out, the statement itself says so. */
export function simulatedResources({ resources, notResources }: ExpectedStatement): readonly string[] {
  return notResources ? ["*"] : resources;
}

export function canSimulate(action: string): boolean {
  return !/[*?]/.test(action);
}

function batchesBy(
  statements: readonly ExpectedStatement[],
  situation: SimulatedSituation,
  groupOf: (statement: ExpectedStatement) => string,
): SimulationBatch[] {
  const batches = new Map<string, SimulationBatch>();
  for (const statement of statements) {
    const actions = statement.actions.filter(canSimulate);
    if (actions.length === 0) continue;
    const context = contextEntries(statement.condition, situation);
    const key = `${groupOf(statement)}\n${JSON.stringify(context)}`;
    const batch = batches.get(key) ?? { actions: [], resources: [], context, statements: [] };
    batch.statements.push(statement);
    batch.actions = [...new Set([...batch.actions, ...actions])];
    batch.resources = [...new Set([...batch.resources, ...simulatedResources(statement)])];
    batches.set(key, batch);
  }
  return [...batches.values()];
}

const types: readonly (readonly [RegExp, ContextKeyTypeEnum])[] = [
  [/^string|^arn/, "string"],
  [/^numeric/, "numeric"],
  [/^bool/, "boolean"],
  [/^date/, "date"],
  [/^ipaddress/, "ip"],
];

/**
 * Context that meets the statement's own conditions, so that the answer shows what else stands in the way; and what any call
 * of ours brings along, because a service control policy that limits Regions would deny a call that names none.
 */
function contextEntries(
  condition: ExpectedStatement["condition"] = {},
  { now, region }: SimulatedSituation,
): ContextEntry[] {
  const own = Object.entries(condition).flatMap(([written, keys]) => {
    const operator = written.replace(/^For(All|Any)Values?:/i, "").toLowerCase();
    const type = types.find(([pattern]) => pattern.test(operator))?.[1];
    if (!type || operator.includes("not")) return [];
    return Object.entries(keys).flatMap(([key, values]) => {
      // What a variable stands for is not known here; a key that is missed makes the answer provisional.
      const first = [values].flat().find((value) => !value.includes("${"));
      return first === undefined ? [] : [entry(key, [meeting(operator, first)], type)];
    });
  });
  const always = [entry("aws:RequestedRegion", [region], "string"), entry("aws:SecureTransport", ["true"], "boolean")];
  // The template's end of setup is a comparison with the time, not a time to pretend.
  const timed = own.filter(({ ContextKeyName }) => !/^aws:(currenttime|epochtime)$/i.test(ContextKeyName ?? ""));
  const all = [entry("aws:CurrentTime", [now.toISOString()], "date"), ...timed, ...always];
  return all.filter(
    ({ ContextKeyName: key }, index) =>
      all.findIndex((other) => other.ContextKeyName?.toLowerCase() === key?.toLowerCase()) === index,
  );
}

/** A value of the request that meets the one that it is compared with. */
function meeting(operator: string, value: string): string {
  const step = /lessthan(ifexists)?$/.test(operator) ? -1 : /greaterthan(ifexists)?$/.test(operator) ? 1 : 0;
  if (operator.startsWith("ipaddress")) return value.replace(/\/.*$/, "");
  if (step === 0) return value;
  if (operator.startsWith("numeric") || /^\d+$/.test(value)) return String(Number(value) + step);
  return new Date(Date.parse(value) + step * 1_000).toISOString();
}

function entry(ContextKeyName: string, ContextKeyValues: string[], ContextKeyType: ContextKeyTypeEnum): ContextEntry {
  return { ContextKeyName, ContextKeyValues, ContextKeyType };
}
