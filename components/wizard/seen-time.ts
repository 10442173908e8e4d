/** How long a page was looked at, in milliseconds. */
export interface SeenTime {
  elapsed: () => number;
  stop: () => void;
}

/** Counts from now on, and only while the page is in view: who creates a stack in another tab has time. */
export function seenTime(page: Document = document, now: () => number = Date.now): SeenTime {
  let counted = 0;
  let since = page.visibilityState === "visible" ? now() : null;
  const elapsed = () => counted + (since === null ? 0 : now() - since);
  const onChange = () => {
    counted = elapsed();
    since = page.visibilityState === "visible" ? now() : null;
  };
  page.addEventListener("visibilitychange", onChange);
  return { elapsed, stop: () => page.removeEventListener("visibilitychange", onChange) };
}
