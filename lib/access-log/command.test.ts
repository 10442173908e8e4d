import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { log } from "@/lib/log";
import { asDatabaseOwner, writeLog } from "@/lib/testing/access-log";
import { createCheckpointSink } from "./checkpoint-sink";

/** The command as an operator runs it, with the portal's environment. */
function run(script: string, ...parameters: string[]): Promise<{ code: number; output: string }> {
  const command = ["--conditions=react-server", "--import", "tsx", `script/${script}.ts`, ...parameters];
  return new Promise((settle) =>
    execFile(process.execPath, command, { env: process.env }, (error, stdout, stderr) =>
      settle({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

test("the command says what is wrong and where, and its exit code says whether anything is", async () => {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-checkpoints-"));
  const file = join(directory, "checkpoints.jsonl");
  const owner = { customerId: randomUUID(), connectionId: randomUUID() };
  const exporting = createCheckpointSink({ log, file });
  try {
    const checkpoints = await writeLog(owner, 3);
    for (const checkpoint of checkpoints) await exporting(checkpoint);
    const whole = await run("verify-access-log", "--checkpoints", file);
    expect(whole.output).toContain("1 connection, 3 entries, compared with 3 exported checkpoints");
    expect(whole.code).toBe(0);

    await asDatabaseOwner(`UPDATE "AccessLogEntry" SET purpose = 'x' WHERE sequence = 2`);
    const changed = await run("verify-access-log");
    expect(changed.output).toContain(`connection ${owner.connectionId}, entry 2: entry-changed`);
    expect(changed.code).toBe(1);
    expect((await run("prune-access-log", "--days", "30")).output).toContain(`Kept those of ${owner.connectionId}`);

    const unreadable = await run("verify-access-log", "--checkpoints", join(directory, "none"));
    expect(unreadable).toMatchObject({ code: 2, output: expect.stringContaining("could not be checked") });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
