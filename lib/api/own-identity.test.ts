import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, expect, test } from "vitest";
import * as report from "@/app/api/v1/connections/[id]/assumptions/[assumption]/route";
import * as assumptions from "@/app/api/v1/connections/[id]/assumptions/route";
import * as one from "@/app/api/v1/connections/[id]/route";
import * as all from "@/app/api/v1/connections/route";
import { provenConnection } from "@/dev/testing/audits";
import { makeTemplateBucket, member } from "@/dev/testing/fixtures";
import { listAccessLog } from "@/lib/access-log/queries";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { config } from "@/lib/config";
import { pauseConnection } from "@/lib/connections/pause-connection";
import { createAssumer } from "@/lib/crossaccount/faces/assume";
import { createPortalClient, portalConnections } from "@/lib/crossaccount/faces/portal";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Handler } from "./endpoint";

beforeAll(async () => {
  await makeTemplateBucket();
  await crossAccount.publishTemplate(config.defaultRegion);
});

/** The routes themselves, in place of the network. */
async function ask(address: string | URL | Request, sent?: RequestInit): Promise<Response> {
  const [, id, what, assumption] = new URL(String(address)).pathname.replace("/api/v1/", "").split("/");
  const file = assumption ? report : what ? assumptions : id ? one : all;
  const params = { ...(id && { id }), ...(assumption && { assumption }) };
  const handler = (file as unknown as Record<string, Handler>)[sent?.method ?? "GET"];
  return handler?.(new Request(address, sent), { params: Promise.resolve(params) }) ?? expect.unreachable();
}

test("a program elsewhere uses a role by address, key and its own AWS identity: entered before, reported after, stopped by a pause", async () => {
  const access = await member();
  const { connection, account } = await provenConnection(access);
  const wanted = { name: "Lambda", scopes: ["connections:read", "connections:assume"], days: 1 };
  const by = { database: db, actor: { type: "system", id: "test" } as const };
  const { id: keyId, key: apiKey } = await createApiKey(by, wanted, new Date());
  const portal = createPortalClient({ url: env.BASE_URL, apiKey, fetch: ask });

  let passed = 0;
  const aws = {
    endpoint: env.AWS_ENDPOINT_URL ?? "",
    credentials: { accessKeyId: `AKIASANDBOX${config.serviceAccountId}`, secretAccessKey: "sandbox" },
  };
  const assumer = createAssumer({
    ...{ serviceName: "lambda", statusMaxAgeMs: 30_000, clock: () => new Date(Date.now() + passed), aws },
    ...portalConnections(portal),
  });
  const credentials = assumer.assumeCustomerRole(access.customer.reference, { purpose: "nightly report" });
  const sts = new STSClient({ endpoint: aws.endpoint, region: "us-east-1", credentials });
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand());
  expect(Account).toBe(account);

  const uses = async () => (await listAccessLog(access, connection.id, { probes: "none" })).rows;
  const made = await uses();
  const ofKey = { purpose: "nightly report", outcome: "allowed", actor: { type: "api-key", id: keyId } };
  expect(made).toMatchObject([
    { ...ofKey, source: "reported" },
    { ...ofKey, source: "announced" },
  ]);
  expect(Arn?.endsWith(`/${made[1]?.sessionName}`)).toBe(true);

  await pauseConnection(access, connection.id, new Date());
  passed = 30_001;
  await expect(credentials()).rejects.toMatchObject({ code: "connection-unusable" });
  expect((await uses())[0]).toMatchObject({ outcome: "refused", purpose: "nightly report" });
  expect(await uses()).toHaveLength(3);
});
