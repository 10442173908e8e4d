import { seededRandom } from "./random";
import { rateLimit } from "./rate-limit";
import { type FaultRule, faultRules } from "./rule";

export interface FaultTarget {
  service: string;
  operation: string;
  region: string;
  accountId: string | undefined;
}

interface ActiveRule {
  rule: FaultRule;
  /** Strikes that are left; absent without end. */
  left: number | undefined;
  random: () => number;
  withinRate: () => boolean;
}

/** The rules by which requests go wrong, in their order: latencies add up until a rule of another kind ends the request. */
export class Faults {
  #active: ActiveRule[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Replaces all rules; throws a `ZodError` when one is no rule. */
  set(rules: readonly FaultRule[]): void {
    this.#active = this.#activate(rules);
  }

  /** Puts rules behind those there are; throws a `ZodError` when one is no rule. */
  add(rules: readonly FaultRule[]): void {
    this.#active = [...this.#active, ...this.#activate(rules)];
  }

  /** Rules that can still strike, each with the count that is left. */
  list(): FaultRule[] {
    return this.#active.map(({ rule, left }) => ({ ...rule, ...(left === undefined ? {} : { count: left }) }));
  }

  /** What befalls a request: any number of latencies, then at most one rule that ends it. */
  strike(target: FaultTarget): FaultRule[] {
    const struck: FaultRule[] = [];
    for (const active of this.#active) {
      if (!strikes(active, target)) continue;
      if (active.left !== undefined) active.left -= 1;
      struck.push(active.rule);
      if (active.rule.kind !== "latency") break;
    }
    this.#active = this.#active.filter(({ left }) => left !== 0);
    return struck;
  }

  #activate(rules: readonly FaultRule[]): ActiveRule[] {
    return faultRules.parse(rules).map((rule) => ({
      rule,
      left: rule.count,
      random: seededRandom(rule.seed ?? 0),
      withinRate: rule.kind === "throttle" && rule.rate ? rateLimit(rule.rate, this.#now) : () => false,
    }));
  }
}

function strikes({ rule, random, withinRate }: ActiveRule, target: FaultTarget): boolean {
  const fits = (["service", "operation", "region", "accountId"] as const).every(
    (name) => rule[name] === undefined || rule[name] === target[name],
  );
  return fits && (rule.probability === undefined || random() < rule.probability) && !withinRate();
}
