import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { FaultRule } from "../../sandbox/faults/rule";
import { stoppable } from "./interruption";

export interface BenchSandbox {
  url: string;
  setFaults(rules: FaultRule[]): Promise<void>;
  /** How often an operation was asked for since the sandbox started; of the last 10,000 requests. */
  count(operation: string): Promise<number>;
  stop(): Promise<void>;
}

/** A sandbox in a process of its own, so that its work is not measured with ours. */
export async function startSandbox(): Promise<BenchSandbox> {
  const child = fork("sandbox/main.ts", {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, SANDBOX_PORT: "0" },
    silent: true,
  });
  const exited = once(child, "exit");
  if (!child.stdout) throw new Error("the sandbox has no output");
  const url = await Promise.race([
    addressIn(createInterface({ input: child.stdout })),
    exited.then(([code]): never => {
      throw new Error(`the sandbox ended with ${code}`);
    }),
  ]);
  return {
    url,
    async setFaults(rules) {
      const body = JSON.stringify(rules);
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/_sandbox/faults`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`the sandbox refused the faults: ${await answer.text()}`);
    },
    async count(operation) {
      const answer = await fetch(`${url}/_sandbox/requests`);
      const { requests } = (await answer.json()) as { requests: { operation: string }[] };
      return requests.filter((request) => request.operation === operation).length;
    },
    stop: stoppable(async () => {
      child.kill();
      await exited;
    }),
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("the sandbox said no address");
}
