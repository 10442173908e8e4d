import { createSandbox } from "@/sandbox/server";

let running: ReturnType<typeof createSandbox> | undefined;

/** The sandbox of this test file. */
export function testSandbox(): ReturnType<typeof createSandbox> {
  running ??= createSandbox();
  return running;
}
