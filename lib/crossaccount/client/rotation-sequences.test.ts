import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { CrossAccountError } from "../errors";
import { rotationWorld } from "../testing/rotation-world";
import { seeds } from "../testing/seeds";

const scope = { customerId: "customer-1", connectionId: "connection-1" };
const strange = `acme-${"0".repeat(32)}`;

let world: Awaited<ReturnType<typeof rotationWorld>> | undefined;
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ now: () => world?.customer.time.clock() ?? new Date(), wait: async () => {} });
});
afterAll(() => sandbox.close());

type World = NonNullable<typeof world>;

/** What the customer makes of the role, and since when AWS goes by it. */
interface Trust {
  ids: readonly string[];
  at: number;
}

/** The connection as it must be, by what was done. */
interface Model {
  current: string;
  next: string | null;
  retired: Set<string>;
  trusts: Trust[];
}

const steps = [
  "start",
  "use",
  "verify",
  "abandon",
  "give next",
  "give current",
  "give both",
  "give another",
  "wait",
] as const;
const given: Record<string, (model: Model) => readonly string[]> = {
  "give next": ({ current, next }) => [next ?? current],
  "give current": ({ current }) => [current],
  "give both": ({ current, next }) => (next ? [current, next] : [current]),
  "give another": () => [strange],
};

const latest = ({ trusts }: Model) => trusts.at(-1)?.ids ?? [];
const effective = ({ trusts }: Model, now: number) => trusts.findLast(({ at }) => at <= now)?.ids ?? [];

/** Reads what became of the two external IDs, and that it may be so. */
async function learn(on: World, model: Model, mayRetire: (id: string) => boolean): Promise<void> {
  const { current, next } = await on.current();
  const known = [model.current, model.next].filter((id) => id !== null);
  for (const id of known) {
    if (id === current || id === next) continue;
    expect(mayRetire(id), "an external ID that is in use was retired").toBe(true);
    model.retired.add(id);
  }
  for (const id of [current, next]) if (id) expect(model.retired.has(id)).toBe(false);
  model.current = current ?? "";
  model.next = next;
}

/** Uses the role by a session of its own, which is given exactly where AWS goes by an external ID of the connection. */
async function use(on: World, model: Model): Promise<void> {
  const accepted = effective(model, on.customer.time.clock().getTime());
  const mine = [model.current, ...(model.next ? [model.next] : [])];
  on.opened.length = 0;
  const [outcome] = await on.use();
  expect(outcome).toBe(accepted.some((id) => mine.includes(id)) ? "given" : "access-denied");
  for (const id of on.opened) expect(mine).toContain(id);
}

async function take(on: World, model: Model, step: (typeof steps)[number]): Promise<void> {
  const { client, customer } = on;
  const now = () => customer.time.clock().getTime();
  switch (step) {
    case "start": {
      const running = model.next !== null;
      const code = await client.startRotation(scope).then(
        () => null,
        (error: CrossAccountError) => error.code,
      );
      expect(code).toBe(running ? "rotation-running" : null);
      return learn(on, model, () => false);
    }
    case "verify": {
      await on.verifyAndStore().catch((error: unknown) => {
        // A role that is refused never takes the place of one that works.
        if (!(error instanceof CrossAccountError)) throw error;
      });
      const kept = await on.memory.get(scope.customerId, scope.connectionId);
      if (kept?.status !== "active") await on.memory.put({ ...kept, status: "active" } as NonNullable<typeof kept>);
      const accepted = effective(model, now());
      // Retired only when AWS refuses it, has taken the other one, and nothing says that it will be accepted again.
      return learn(on, model, (id) => !accepted.includes(id) && !latest(model).includes(id) && accepted.length > 0);
    }
    case "abandon": {
      await client.abandonRotation(scope).catch((error: CrossAccountError) => {
        expect(error.code).toBe("external-id-in-use");
      });
      return learn(on, model, (id) => !latest(model).includes(id) && !effective(model, now()).includes(id));
    }
    case "wait":
      return on.wait(7_000);
    default: {
      const ids = given[step]?.(model) ?? [];
      await on.trust([...ids]);
      model.trusts.push({ ids, at: now() + 5_000 });
    }
  }
}

test.each(seeds(20_261_127))(
  "whatever customer, uses and verifications do in whatever order, nothing is refused that AWS accepts, and nothing in use is retired (seed %i)",
  async (seed) => {
    const sequences = fc.array(fc.constantFrom(...steps, "wait", "verify"), { minLength: 6, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        world = undefined;
        sandbox.reset();
        const on = await rotationWorld(sandbox);
        world = on;
        await on.propagation(5_000);
        const model: Model = {
          current: on.customer.externalId,
          next: null,
          retired: new Set(),
          trusts: [{ ids: [on.customer.externalId], at: 0 }],
        };
        for (const step of ["start", ...sequence] as const) {
          await take(on, model, step);
          await use(on, model);
        }
      }),
      { seed, numRuns: 10 },
    );
  },
  180_000,
);
