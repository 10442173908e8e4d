import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { createAssumer } from "../sessions/assumer";
import { createCustomerRole, testConfig } from "../testing/customer";
import type { AssumptionReport, Connection, PortalApi } from "./api";
import { portalConnections } from "./connections";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const ids = { current: `acme-${"1".repeat(32)}`, next: `acme-${"2".repeat(32)}` };

/** The portal's answers about a connection whose external ID is rotated, of which the stack has the new one already. */
function rotating(roleArn: string) {
  const reported: AssumptionReport["outcome"][] = [];
  const connection = { id: "c", customer: "acme", account_id: "111122223333", region: "us-east-1", status: "active" };
  const connections = {
    get: async () => ({ ...connection, external_id: ids.current, role_arn: roleArn }) as Connection,
    createAssumption: async () => ({
      ...{ id: `a${reported.length}`, session_name: `session-${reported.length}` },
      ...{ external_id: ids.current, other_external_id: ids.next },
    }),
    updateAssumption: async (_id: string, _assumption: string, { outcome }: AssumptionReport) =>
      void reported.push(outcome),
  };
  return { reported, connections: connections as unknown as PortalApi["connections"] };
}

test("while the external ID is rotated, the other one is tried where AWS refuses the first, and each try is reported", async () => {
  const { roleArn } = await createCustomerRole({
    ...{ url: sandbox.url, accountId: "111122223333", externalId: ids.next, region: "us-east-1" },
  });
  const { reported, connections } = rotating(roleArn);
  const credentials = { accessKeyId: `AKIASANDBOX${testConfig.serviceAccountId}`, secretAccessKey: "sandbox" };
  const aws = { endpoint: sandbox.url, credentials };
  const assumer = createAssumer({ serviceName: "report", aws, ...portalConnections({ connections }) });
  const given = await assumer.assumeCustomerRole("acme", { connectionId: "c", purpose: "report" })();
  expect(given.sessionToken).toBeTruthy();
  expect(reported.at(-1)).toBe("allowed");
  expect(new Set(reported.slice(0, -1))).toEqual(new Set(["refused"]));
});

test("another customer's connection is not found", async () => {
  const { storage } = portalConnections(rotating("arn:aws:iam::111122223333:role/any"));
  expect(await storage.get("someone-else", "c")).toBeNull();
});
