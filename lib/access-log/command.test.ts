import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { asDatabaseOwner, writeLog } from "@/dev/testing/access-log";
import { log } from "@/lib/log";
import { createCheckpointSink } from "./checkpoint-sink";

let owner: { customerId: string; connectionId: string };
beforeEach(async () => {
  owner = { customerId: randomUUID(), connectionId: randomUUID() };
  await asDatabaseOwner(
    `DELETE FROM "AccessLogEntry"`,
    `DELETE FROM "AccessLogHead"`,
    `DELETE FROM "AccessLogRegister"`,
  );
});

/** The command as an operator runs it, with the portal's environment. */
const run = (script: string, ...parameters: string[]) => runWith({}, script, ...parameters);

function runWith(
  environment: Record<string, string>,
  script: string,
  ...parameters: string[]
): Promise<{ code: number; output: string }> {
  const command = ["--conditions=react-server", "--import", "tsx", `script/${script}.ts`, ...parameters];
  return new Promise((settle) =>
    execFile(process.execPath, command, { env: { ...process.env, ...environment } }, (error, stdout, stderr) =>
      settle({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

async function inDirectory(work: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-checkpoints-"));
  try {
    await work(join(directory, "checkpoints"));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

test("the checkpoint file that the portal writes to is used, and shows a log that was put back", () =>
  inDirectory(async (file) => {
    const configured = { ACCESS_LOG_CHECKPOINT_FILE: file };
    const exporting = createCheckpointSink({ log, file });
    const [first, ...others] = await writeLog(owner, 3);
    if (!first) throw new Error("nothing was written");
    for (const checkpoint of [first, ...others]) await exporting(checkpoint);
    const whole = await runWith(configured, "verify-access-log");
    expect(whole).toMatchObject({ code: 0, output: expect.stringContaining("compared with 3 exported checkpoints") });
    expect(whole.output).toContain("nor put back to a state before its checkpoints");

    await asDatabaseOwner(
      `DELETE FROM "AccessLogEntry" WHERE sequence > 1`,
      `UPDATE "AccessLogHead" SET sequence = 1, mac = '${first.mac}', at = '${first.at.toISOString()}', signature = '${first.signature}'`,
    );
    const seen = await runWith(configured, "verify-access-log");
    expect(seen).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${owner.connectionId}, entry 1: put-back`),
    });
    const alone = await run("verify-access-log");
    expect(alone).toMatchObject({ code: 0, output: expect.stringContaining("without a checkpoint file kept outside") });

    await asDatabaseOwner(
      `DELETE FROM "AccessLogEntry"`,
      `DELETE FROM "AccessLogHead"`,
      `DELETE FROM "AccessLogRegister"`,
    );
    const emptied = await runWith(configured, "verify-access-log");
    expect(emptied).toMatchObject({ code: 1, output: expect.stringContaining(`${owner.connectionId}: log-missing`) });

    await rm(file);
    const gone = await runWith(configured, "verify-access-log");
    expect(gone).toMatchObject({
      code: 2,
      output: expect.stringContaining("ACCESS_LOG_CHECKPOINT_FILE cannot be read"),
    });
  }));

test("a checkpoint that a crash cut off is told as cut off, not as forged, and hides none that follow", () =>
  inDirectory(async (file) => {
    const [first, second, third] = await writeLog(owner, 3);
    if (!first || !second || !third) throw new Error("nothing was written");
    const exporting = createCheckpointSink({ log, file });
    await exporting(first);
    await exporting(second);
    const { length } = await readFile(file);
    await truncate(file, length - 100);
    const cut = await run("verify-access-log", "--checkpoints", file);
    expect(cut).toMatchObject({ code: 0, output: expect.stringContaining("1 line of the checkpoints is cut off") });
    expect(cut.output).not.toContain("forged");

    await createCheckpointSink({ log, file })(third);
    const restarted = await run("verify-access-log", "--checkpoints", file);
    expect(restarted).toMatchObject({
      code: 0,
      output: expect.stringContaining("compared with 2 exported checkpoints"),
    });

    // A writer of before, which did not begin a new line.
    await truncate(file, (await readFile(file)).length - 100);
    await appendFile(file, `${JSON.stringify({ accessLogCheckpoint: third })}\n{"accessLogCh`);
    const glued = await run("verify-access-log", "--checkpoints", file);
    expect(glued.output).toContain("compared with 2 exported checkpoints");
    expect(glued).toMatchObject({ code: 0, output: expect.stringContaining("3 lines of the checkpoints are cut off") });

    await appendFile(file, '\n{"accessLogCheckpoint":{"connectionId":"x"}}\n');
    const forged = await run("verify-access-log", "--checkpoints", file);
    expect(forged).toMatchObject({ code: 1, output: expect.stringContaining("checkpoint-forged") });
  }));

test("the command says what is wrong and where, and its exit code says whether anything is", async () => {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-checkpoints-"));
  const file = join(directory, "checkpoints.jsonl");
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
