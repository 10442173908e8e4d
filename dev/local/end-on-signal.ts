import process from "node:process";

/**
 * Ends the process when it is told to. As the first of a container nothing else would: a signal that is not listened to does nothing there. What a
 * command has begun in the database is a transaction, and ends with its connection.
 */
export function endOnSignal(): void {
  for (const [name, number] of [
    ["SIGINT", 2],
    ["SIGTERM", 15],
  ] as const)
    process.once(name, () => process.exit(128 + number));
}
