/** Deletes lot after lot until one is not full, so that none holds its rows locked for long. Returns how many rows went. */
export async function deleteInLots(
  { atOnce, signal }: { atOnce: number; signal?: AbortSignal | undefined },
  deleteLot: () => Promise<number>,
): Promise<number> {
  let deleted = 0;
  for (let lot = atOnce; lot === atOnce; deleted += lot) {
    signal?.throwIfAborted();
    lot = await deleteLot();
  }
  return deleted;
}
