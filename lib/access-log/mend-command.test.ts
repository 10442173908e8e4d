import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { asDatabaseOwner, writeLog } from "@/dev/testing/access-log";

/** The command as an operator runs it, with the portal's environment. */
function verify(...parameters: string[]): Promise<{ code: number; output: string }> {
  const command = ["--conditions=react-server", "--import", "tsx", "script/verify-access-log.ts", ...parameters];
  return new Promise((settle) =>
    execFile(process.execPath, command, { env: process.env }, (error, stdout, stderr) =>
      settle({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

test("the command says what to do about times that are off, does it when it is told to, and finds the log whole then", async () => {
  await writeLog({ customerId: randomUUID(), connectionId: randomUUID() }, 3);
  await asDatabaseOwner(
    `UPDATE "AccessLogEntry" SET at = at - interval '9 hours', "expiresAt" = "expiresAt" - interval '9 hours'`,
  );
  const before = await verify();
  expect(before.code).toBe(1);
  expect(before.output).toContain("Nothing was removed, added, reordered or cut off, and nothing changed but times");
  expect(before.output).toMatch(/entry 1 to 3: time-shifted: .*9:00 h too early, as by a session in UTC\+09:00/);

  const mended = await verify("--mend-times");
  expect(mended.output).toContain("Mended the times of 3 entries");
  expect(mended.output).toContain("It is whole");
  expect(mended.code).toBe(0);
});
