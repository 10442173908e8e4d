import { expect, test, vi } from "vitest";
import { launchStack, member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { getConnectionAndVerification } from "./queries";
import { submitRole } from "./submit-role";

/** What happens just before or just after the verification is read. */
const meanwhile = vi.hoisted(() => ({ before: async () => {}, after: async () => {} }));

vi.mock("@/lib/verifications/queries", async (original) => {
  const { latestVerification, ...rest } = await original<typeof import("@/lib/verifications/queries")>();
  const read: typeof latestVerification = async (...arguments_) => {
    await meanwhile.before();
    const view = await latestVerification(...arguments_);
    await meanwhile.after();
    return view;
  };
  return { ...rest, latestVerification: read };
});

test.each(["before", "after"] as const)(
  "a verification that ends just %s it is read is never shown as ended beside the status from before",
  async (moment) => {
    const access = await member();
    const connection = await newConnection(access);
    const account = moment === "before" ? "111122223333" : "444455556666";
    await launchStack(connection, account);
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    meanwhile[moment] = () => runVerification(verificationId);

    const shown = await getConnectionAndVerification(access, connection.id);
    meanwhile[moment] = async () => {};
    expect(shown.verification?.id).toBe(verificationId);
    expect([shown.verification?.state, shown.connection.status]).toEqual([
      moment === "before" ? "finished" : "running",
      "setup",
    ]);
  },
);
