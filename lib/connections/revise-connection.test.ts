import { randomInt, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { launchStack, makeTemplateBucket, member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { createConnection } from "./create-connection";
import { findRole } from "./find-role";
import { launchInstructions } from "./launch-instructions";
import { connectionOfRequest, suggestedConnection } from "./new-connection";
import { reviseConnection } from "./revise-connection";
import { submitRole } from "./submit-role";

const account = () => String(randomInt(100_000_000_000, 999_999_999_999));

test("what the first step asked is changed on the same connection, and the launch link follows", async () => {
  await makeTemplateBucket();
  await crossAccount.publishTemplate("us-east-1");
  const access = await member();
  const beside = await newConnection(access, "Beside");
  const connection = await newConnection(access);
  const accountId = account();
  const revised = { connectionId: connection.id, name: "Data platform", region: "eu-west-1", accountId };
  await reviseConnection(access, revised);
  expect(await reload(connection)).toMatchObject({ name: "Data platform", region: "eu-west-1", accountId });
  expect((await launchInstructions(access, connection.id)).launchUrl).toContain("region=eu-west-1");
  expect((await reload(connection)).externalIdDigest).toBe(connection.externalIdDigest);
  expect(await reload(beside)).toEqual(beside);
});

test("once a role is named its account and Region stay; once it is verified so do the features", async () => {
  const access = await member();
  const connection = await newConnection(access);
  const named = account();
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(named, connection) });
  const other = { connectionId: connection.id, name: "Renamed", region: "eu-west-1", accountId: account() };
  await reviseConnection(access, other);
  expect(await reload(connection)).toMatchObject({ name: "Renamed", region: "us-east-1", accountId: named });
});

test("the vendor's own account is refused, in the first step as in the search", async () => {
  const access = await member();
  const accountId = config.serviceAccountId;
  const wanted = { name: "Ours", region: "us-east-1", accountId };
  const refused = { code: "invalid-input", fields: { accountId: expect.stringContaining("itself") } };
  await expect(createConnection(access, { ...wanted, requestId: randomUUID() })).rejects.toMatchObject(refused);
  const connection = await newConnection(access);
  await expect(reviseConnection(access, { connectionId: connection.id, ...wanted })).rejects.toMatchObject(refused);
  expect(await reload(connection)).toEqual(connection);
});

test("a role that another tab found and verified meanwhile is found, not refused", async () => {
  const access = await member();
  const connection = await newConnection(access);
  const accountId = account();
  await launchStack(connection, accountId);
  const asked = { connectionId: connection.id, accountId };
  expect(await findRole(access, asked)).toEqual({ found: true });
  expect(await findRole(access, asked)).toEqual({ found: true });
});

test("a request leads to the connection that it made, for its own customer alone", async () => {
  const access = await member();
  const requestId = randomUUID();
  expect(await connectionOfRequest(access, requestId)).toBeNull();
  const { connectionId } = await createConnection(access, { name: "Once", region: "us-east-1", requestId });
  expect(await connectionOfRequest(access, requestId)).toBe(connectionId);
  expect(await connectionOfRequest(await member(), requestId)).toBeNull();
});

test("a name that is not taken is suggested", async () => {
  const access = await member();
  const names: string[] = [];
  for (let made = 0; made < 4; made += 1) {
    const { name, region } = await suggestedConnection(access);
    names.push(name);
    await createConnection(access, { name, region, requestId: randomUUID() });
  }
  expect(names).toEqual(["Production", "Staging", "Development", "AWS account 4"]);
});
