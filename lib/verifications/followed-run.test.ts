import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { auditScene, provenConnection } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { startRound } from "@/lib/audits/rounds";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db } from "@/lib/db";
import { getVerification, latestVerification } from "./queries";
import { runVerification } from "./run-verification";
import { startVerification } from "./start-verification";

const seconds = (count: number) => new Date(Date.now() + count * 1_000);
const row = (id: string) => db.verification.findUniqueOrThrow({ where: { id } });

async function begun() {
  const { access, connection } = await provenConnection();
  const input = { connectionId: connection.id, expectSetup: "present" } as const;
  const { verificationId } = await startVerification(access, input, new Date());
  return { access, input, named: { connectionId: connection.id, verificationId }, verificationId, connection };
}

describe("a run that is watched while an audit of the same connection begins and ends", () => {
  test("is what its page goes on to see, and what a page that is opened meanwhile sees", async () => {
    const { access, named, verificationId, connection } = await begun();
    const audits = await auditScene({}, seconds(1));
    await startRound(await staffMember(), audits.now());
    expect(await audits.workOff()).toBe(1);
    await audits.queue.stop();

    expect(await getVerification(access, named)).toMatchObject({ id: verificationId, state: "running" });
    expect(await latestVerification(access, connection.id)).toMatchObject({ id: verificationId, state: "running" });
    await runVerification(verificationId);
    expect(await getVerification(access, named)).toMatchObject({ state: "finished", outcome: "proven" });
  });

  test("is nobody else's to see, and no other connection's", async () => {
    const { access, named } = await begun();
    const other = await provenConnection(access);
    const elsewhere = { ...named, connectionId: other.connection.id };
    await expect(getVerification(await member(), named)).rejects.toMatchObject({ code: "not-found" });
    await expect(getVerification(access, elsewhere)).rejects.toMatchObject({ code: "not-found" });
    await expect(getVerification(access, { ...named, verificationId: "../x" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("a run whose process is killed", () => {
  let portal: ChildProcess | undefined;
  afterEach(async () => {
    portal?.kill("SIGKILL");
    (await testSandbox()).faults.set([]);
  });

  /** Until its process has said once more that it goes on; then it is killed. */
  async function killed() {
    const run = await begun();
    (await testSandbox()).faults.set([{ kind: "latency", ms: 1_500 }]);
    const before = (await row(run.verificationId)).deadlineAt;
    const process = fork("dev/testing/run-verification.ts", [run.verificationId], {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
    });
    portal = process;
    await eventually(async () => {
      const { deadlineAt } = await row(run.verificationId);
      expect(deadlineAt.getTime()).toBeGreaterThan(before.getTime());
    });
    process.kill("SIGKILL");
    await once(process, "exit");
    (await testSandbox()).faults.set([]);
    expect((await row(run.verificationId)).state).toBe("running");
    return run;
  }

  test("is ended by the page that watches it, and is not what Verify gives then", async () => {
    const { access, named, input, verificationId } = await killed();
    expect((await getVerification(access, named)).state).toBe("running");
    expect(await getVerification(access, named, seconds(16))).toMatchObject({ state: "abandoned", outcome: null });
    expect(await row(verificationId)).toMatchObject({ state: "abandoned", finishedAt: expect.any(Date) as Date });
    const next = await startVerification(access, input, new Date());
    expect(next).toMatchObject({ started: true });
    await runVerification(next.verificationId);
    expect((await latestVerification(access, named.connectionId))?.outcome).toBe("proven");
  });

  test("is ended by a worker, when nobody looks any more", async () => {
    const { verificationId } = await killed();
    const audits = await auditScene({}, seconds(16));
    await audits.plan();
    await audits.queue.stop();
    expect((await row(verificationId)).state).toBe("abandoned");
  });
});
