/** Waits in the browser; an abort ends the wait at once. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}

/** The same, and someone who comes back to the page ends it too. */
export async function pauseUnlessBack(milliseconds: number, signal: AbortSignal): Promise<void> {
  const back = new AbortController();
  const onChange = () => document.visibilityState === "visible" && back.abort();
  document.addEventListener("visibilitychange", onChange);
  await pause(milliseconds, AbortSignal.any([signal, back.signal]));
  document.removeEventListener("visibilitychange", onChange);
}
