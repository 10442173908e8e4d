import { createSandbox } from "@/sandbox/server";

let running: ReturnType<typeof createSandbox> | undefined;
let ahead = 0;

/** The sandbox of this test file. */
export function testSandbox(): ReturnType<typeof createSandbox> {
  running ??= createSandbox({ now: () => new Date(Date.now() + ahead) });
  return running;
}

/** Moves the sandbox's clock on, so that what AWS propagates arrives without waiting. */
export function letSandboxTimePass(milliseconds: number): void {
  ahead += milliseconds;
}
