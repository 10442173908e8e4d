/** A bucket that holds one second's worth of requests and fills with time; false means that it was empty. */
export function rateLimit(perSecond: number, now: () => Date): () => boolean {
  const capacity = Math.max(perSecond, 1);
  let tokens = capacity;
  let filledAt = now().getTime();
  return () => {
    const at = now().getTime();
    tokens = Math.min(capacity, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
