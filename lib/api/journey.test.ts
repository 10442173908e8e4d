import { beforeAll, expect, test, vi } from "vitest";
import * as accessLog from "@/app/api/v1/connections/[id]/access-log/route";
import * as history from "@/app/api/v1/connections/[id]/history/route";
import * as role from "@/app/api/v1/connections/[id]/role/route";
import * as one from "@/app/api/v1/connections/[id]/route";
import * as verifications from "@/app/api/v1/connections/[id]/verifications/route";
import * as connections from "@/app/api/v1/connections/route";
import * as verification from "@/app/api/v1/verifications/[id]/route";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { newApiKey } from "@/dev/testing/api-keys";
import { dropSetup, launchStack, member, reload, roleArnIn } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { Handler } from "./endpoint";

vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void work() }));

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

test("a service makes a connection, names its role, verifies it, removes setup and reads what was done, with its key alone", async () => {
  const { customer } = await member();
  const { id: keyId, key } = await newApiKey();

  async function send(handler: Handler, method: string, id = "", body?: object) {
    const named: Record<string, string> = id === "" ? {} : { id };
    const request = new Request("http://localhost:3000/api/v1/", {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const response = await handler(request, { params: Promise.resolve(named) });
    return { status: response.status, location: response.headers.get("location"), body: await response.json() };
  }
  async function verify(id: string, expectSetup: string) {
    const started = await send(verifications.POST, "POST", id, { expect_setup: expectSetup });
    expect(started).toMatchObject({ status: 202, location: `/api/v1/verifications/${started.body.id}` });
    return eventually(async () => {
      const { body } = await send(verification.GET, "GET", started.body.id);
      expect(body.state).toBe("finished");
      return body;
    });
  }

  const account = "760000000001";
  const made = await send(connections.POST, "POST", "", {
    ...{ customer: customer.reference, name: "Production", region: "us-east-1", account_id: account },
  });
  const { id, external_id: externalId, status } = made.body.connection;
  expect({ status, location: made.location }).toEqual({ status: "pending", location: `/api/v1/connections/${id}` });
  expect(new URLSearchParams(made.body.launch_url.split("?").at(-1)).get("param_ExternalId")).toBe(externalId);

  const row = await reload({ id });
  await launchStack(row, account);
  const withRole = await send(role.PUT, "PUT", id, { role_arn: roleArnIn(account, row) });
  expect(withRole.body).toMatchObject({ account_id: account, status: "pending", proven_at: null });

  expect(await verify(id, "present")).toMatchObject({ outcome: "proven", connection_status: "setup" });
  await dropSetup(row, account);
  expect(await verify(id, "gone")).toMatchObject({ outcome: "proven", connection_status: "active" });

  expect((await send(one.GET, "GET", id)).body).toMatchObject({ status: "active", setup_permissions: "gone" });
  const changes = (await send(history.GET, "GET", id)).body.data;
  expect(changes.map(({ to }: { to: string }) => to)).toEqual(["active", "setup"]);
  const uses = (await send(accessLog.GET, "GET", id)).body.data;
  expect(uses.length).toBeGreaterThan(5);
  for (const use of uses) expect(use).toMatchObject({ connection_id: id, actor: { type: "api-key", id: keyId } });
});
