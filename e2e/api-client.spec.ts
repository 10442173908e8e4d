import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createPortalClient } from "@/lib/crossaccount/faces/portal";
import { createStack } from "./fixtures/aws";
import { linkedRoleArn } from "./fixtures/launch-link";
import { expect, freshAccount, keepForSecretSearch, required, test } from "./fixtures/portal";
import { createTeam } from "./fixtures/team";

const run = promisify(execFile);

/** A key as an operator makes it by the command. */
async function newKey(scopes: string): Promise<string> {
  const parameters = [
    "run",
    "-s",
    "api-key",
    "--",
    "create",
    "--name",
    "Client",
    "--scopes",
    scopes,
    "--expires",
    "1d",
  ];
  const env = { ...process.env, DATABASE_URL: required("E2E_DATABASE_URL") };
  const key = (await run("npm", parameters, { env })).stdout.trim();
  await keepForSecretSearch(key);
  return key;
}

test("a service connects an account, verifies it and reads what was done, by the typed client alone", async () => {
  const { reference: customer } = await createTeam();
  const apiKey = await newKey("connections:read,connections:write,access-log:read,links:write");
  const portal = createPortalClient({ url: required("E2E_BASE_URL"), apiKey });

  const account = freshAccount();
  const made = await portal.connections.create({
    customer,
    name: "By client",
    region: "us-east-1",
    account_id: account,
  });
  const { id } = made.connection;
  await keepForSecretSearch(made.connection.external_id);
  const link = await portal.connections.createLink(id, { purpose: "setup" }, { idempotencyKey: "one-link" });
  expect((await portal.connections.createLink(id, { purpose: "setup" }, { idempotencyKey: "one-link" })).id).toBe(
    link.id,
  );
  await portal.connections.deleteLink(id, link.id);
  expect((await portal.connections.listLinks(id)).data).toMatchObject([{ id: link.id, state: "revoked" }]);
  await createStack(account, made.launch_url);
  const role = linkedRoleArn(made.launch_url, account);
  await keepForSecretSearch(role);
  expect((await portal.connections.setRole(id, { role_arn: role })).status).toBe("pending");

  const seen = new Set<string>();
  const run = await portal.connections.verify(id, {}, { onProgress: ({ state }) => seen.add(state) });
  expect(run).toMatchObject({ state: "finished", outcome: "proven", connection_status: "setup" });
  expect([...seen]).toEqual(["running", "finished"]);

  const listed: string[] = [];
  for await (const connection of portal.connections.list({ customer, limit: 1 })) listed.push(connection.id);
  expect(listed).toEqual([id]);
  const outcomes = new Set<string>();
  for await (const { outcome } of portal.connections.listAccessLog(id)) outcomes.add(outcome);
  expect([...outcomes].sort()).toEqual(["allowed", "refused"]);

  expect((await portal.connections.pause(id)).status).toBe("paused");
});

test("what fails is told by its code, with what to do and the request's ID", async () => {
  const url = required("E2E_BASE_URL");
  const unknown = createPortalClient({ url, apiKey: `ck_${"x".repeat(43)}` });
  await expect(unknown.connections.list().page()).rejects.toMatchObject({ code: "key-invalid", status: 401 });
  const reader = createPortalClient({ url, apiKey: await newKey("connections:read") });
  await expect(reader.connections.pause("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
    code: "scope-missing",
    message: expect.stringContaining("connections:write"),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  await expect(reader.connections.get("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
    code: "not-found",
  });
  const wanted = { customer: "nobody", name: "", region: "us-east-1" };
  const writer = createPortalClient({ url, apiKey: await newKey("connections:write") });
  await expect(writer.connections.create(wanted)).rejects.toMatchObject({
    code: "invalid-input",
    fields: { name: expect.any(String) },
  });
});
