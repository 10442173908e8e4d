import type { RequestContext } from "../../service";
import type { Store } from "../../store";

interface Run {
  /** Settles when the operation on the stack has ended. */
  ended: Promise<void>;
  /** Lets the request that began it be answered. */
  release(): void;
}

const runs = new WeakMap<Store, Map<string, Run>>();

/**
 * Runs an operation on a stack to its end, as far as nobody else is waited for. Where a custom resource waits for its
 * provider, this answers and the operation goes on in the background.
 */
export async function run(stackId: string, { store }: RequestContext, work: () => Promise<void>): Promise<void> {
  const ended = Promise.resolve()
    .then(work)
    .finally(() => {
      runsOf(store).delete(stackId);
      store.changed();
    });
  const released = new Promise<void>((resolve) => {
    runsOf(store).set(stackId, { ended, release: resolve });
  });
  await Promise.race([ended, released]);
}

/** Says that the operation on this stack waits for somebody, so that its request is answered. */
export function release(stackId: string, { store }: RequestContext): void {
  runsOf(store).get(stackId)?.release();
}

/** The end of what goes on with this stack; undefined when nothing does. */
export function endOf(stackId: string, { store }: RequestContext): Promise<void> | undefined {
  return runsOf(store).get(stackId)?.ended;
}

function runsOf(store: Store): Map<string, Run> {
  const found = runs.get(store) ?? new Map<string, Run>();
  runs.set(store, found);
  return found;
}
