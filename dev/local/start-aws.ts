import { join } from "node:path";
import type { Part } from "./part";
import { untilAnswers } from "./processes";

/** Whether AWS is the sandbox that we run, rather than the real one or another endpoint. */
export function runsSandbox({ operator }: Part["options"]): boolean {
  return operator.CROSSACCOUNT_AWS !== "aws" && !operator.AWS_ENDPOINT_URL;
}

export function sandboxPort({ operator }: Part["options"]): number {
  return Number(operator.SANDBOX_PORT ?? 4566);
}

/** The sandbox, unless the operator configured another AWS. */
export async function startAws({ options, environment, programs }: Part): Promise<void> {
  if (options.operator.CROSSACCOUNT_AWS === "aws") return;
  environment.CROSSACCOUNT_AWS = "sandbox";
  environment.AWS_REGION ??= "us-east-1";
  environment.AWS_ACCESS_KEY_ID ??= "AKIASANDBOX123456789012";
  environment.AWS_SECRET_ACCESS_KEY ??= "sandbox";
  if (!runsSandbox(options)) return;
  const port = sandboxPort(options);
  environment.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
  const sandbox = await programs.run("sandbox", "sandbox/main.ts", {
    ...environment,
    SANDBOX_PORT: String(port),
    SANDBOX_DATA: join(options.directory, "sandbox.json"),
  });
  await untilAnswers(`${environment.AWS_ENDPOINT_URL}/_sandbox/requests`, sandbox);
}
