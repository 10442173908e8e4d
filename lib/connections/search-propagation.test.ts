import { randomInt } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { searchRole } from "@/components/wizard/search-role";
import { launchStack, member, newConnection, reload } from "@/dev/testing/fixtures";
import { letSandboxTimePass, testSandbox } from "@/dev/testing/sandbox";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { findRole } from "./find-role";
import { markLaunched } from "./mark-launched";

const begun = new Date();

afterEach(async () => (await testSandbox()).setPropagation(0));

test.each([0, 5, 15, 30, 45, 60])(
  "a right stack that AWS propagates in %i seconds is found and never blamed",
  async (seconds) => {
    const access = await member();
    const connection = await newConnection(access);
    const accountId = String(randomInt(100_000_000_000, 999_999_999_999));
    await markLaunched(access, connection.id, begun);
    (await testSandbox()).setPropagation(seconds * 1_000);
    await launchStack(connection, accountId);

    let elapsed = 0;
    const told: string[] = [];
    const end = await searchRole(
      async () => ({ ok: true, data: await findRole(access, { connectionId: connection.id, accountId }) }),
      { customer: access.customer.reference, connectionId: connection.id, accountId },
      new AbortController().signal,
      (text) => told.push(text),
      {
        elapsed: () => elapsed,
        isSeen: () => true,
        pause: async (milliseconds) => {
          elapsed += milliseconds;
          letSandboxTimePass(milliseconds);
        },
      },
    );
    expect(end).toEqual({ kind: "found" });
    expect(elapsed).toBeLessThanOrEqual(Math.ceil(seconds / 5) * 5_000);
    expect(told.join(" ")).not.toMatch(/external ID|wrong|not exist|failed|deleted|trust policy/i);

    const now = new Date();
    const { verificationId } = await startVerification(
      access,
      { connectionId: connection.id, expectSetup: "present" },
      now,
    );
    await runVerification(verificationId);
    expect(await reload(connection)).toMatchObject({ status: "setup" });
  },
);
