import { expect, test } from "vitest";
import { member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { submitRole } from "@/lib/connections/submit-role";
import { db } from "@/lib/db";
import { sealedDetail } from "@/lib/verifications/check-detail";
import { readExternalId, readRoleArn } from "./secrets";

const refused = { code: "decryption-failed" };

async function withRole() {
  const access = await member();
  const connection = await newConnection(access);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("111122223333", connection) });
  return reload(connection);
}

test("a ciphertext that was moved to another row or field does not decrypt", async () => {
  const [mine, theirs] = [await withRole(), await withRole()];
  await db.connection.update({
    where: { id: mine.id },
    data: { externalIdCiphertext: theirs.externalIdCiphertext, roleArnCiphertext: theirs.roleArnCiphertext },
  });
  const moved = await reload(mine);
  await expect(readExternalId(moved)).rejects.toMatchObject(refused);
  await expect(readRoleArn(moved)).rejects.toMatchObject(refused);
  await expect(readRoleArn({ ...theirs, roleArnCiphertext: theirs.externalIdCiphertext })).rejects.toMatchObject(
    refused,
  );
});

test("a row that was given to another customer keeps its secrets to itself", async () => {
  const connection = await withRole();
  const thief = await member();
  await db.connection.update({ where: { id: connection.id }, data: { customerId: thief.customer.id } });
  await expect(readExternalId(await reload(connection))).rejects.toMatchObject(refused);
});

test("what a check found is bound to its connection", async () => {
  const [mine, theirs] = [await withRole(), await withRole()];
  const owner = ({ id, customerId }: typeof mine) => ({ customerId, connectionId: id });
  const detail = { title: "The role can be assumed", evidence: [{ label: "Account", value: "111122223333" }] };
  const ciphertext = await sealedDetail.seal(detail, owner(mine));
  expect(await sealedDetail.unseal(ciphertext, owner(mine))).toEqual(detail);
  await expect(sealedDetail.unseal(ciphertext, owner(theirs))).rejects.toMatchObject(refused);
});
