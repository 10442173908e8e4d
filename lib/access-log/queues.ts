/** Runs work of the same key one after another, in the order it came; a failure does not stop what waits behind it. */
export function createQueues() {
  const last = new Map<string, Promise<unknown>>();
  return {
    async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
      const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, turn);
      try {
        return await turn;
      } finally {
        if (last.get(key) === turn) last.delete(key);
      }
    },
  };
}
