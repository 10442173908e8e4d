/** Runs once when the server starts. What needs Node stands apart, so that it is not compiled for any other runtime. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await import("./instrumentation-node");
}
