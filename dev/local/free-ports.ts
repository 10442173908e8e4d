import { createServer } from "node:net";

export interface WantedPort {
  port: number;
  /** What would listen there, and the variable that gives it another port. */
  program: string;
  variable: string;
}

/** Refuses to start beside something that has a port already: its answers would be taken for those of our own program. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const taken: string[] = [];
  for (const { port, program, variable } of wanted) {
    if (await isTaken(port)) taken.push(`  ${port}, of the ${program}: set ${variable} to another`);
  }
  if (taken.length === 0) return;
  throw new Error(
    `These ports are taken, perhaps by another copy that is running:\n${taken.join("\n")}\nSee docs/configuration.md.`,
  );
}

function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((settle, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") settle(true);
      else fail(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => settle(false)));
  });
}

/** A port on which nothing listens at the moment. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address ? address.port : 0));
    });
  });
}
