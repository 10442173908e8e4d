const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a request names this machine as its host. */
export function isLoopback(hostname: string): boolean {
  return loopback.includes(hostname);
}
