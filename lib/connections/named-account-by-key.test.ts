import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { member, reload, roleArnIn } from "@/dev/testing/fixtures";
import { impersonalAccess } from "@/lib/tenancy/access";
import { createConnection } from "./create-connection";
import { submitRole } from "./submit-role";

const actor = { type: "api-key", id: "0b0f6d0e-6a0e-4c57-9a43-2f3d5b7c9e11" } as const;

test("a key names no role in another account than was named for the connection, and may correct its own slip", async () => {
  const owner = await member();
  const byKey = impersonalAccess({ customer: owner.customer, role: "admin", actor });
  const make = async (accountId?: string) => {
    const wanted = { name: "Production", region: "us-east-1", accountId, requestId: randomUUID() };
    return reload({ id: (await createConnection(owner, wanted)).connectionId });
  };
  const named = await make("111122223333");
  const elsewhere = { connectionId: named.id, roleArn: roleArnIn("444455556666", named) };
  await expect(submitRole(byKey, elsewhere)).rejects.toMatchObject({ code: "conflict" });
  expect((await reload(named)).accountId).toBe("111122223333");

  const open = await make();
  for (const account of ["444455556666", "777788889999"])
    await submitRole(byKey, { connectionId: open.id, roleArn: roleArnIn(account, open) });
  expect((await reload(open)).accountId).toBe("777788889999");
});
