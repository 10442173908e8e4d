import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { CrossAccountError } from "../errors";
import { connected, connectionId, customerId } from "../testing/connected-client";
import type { AccessLogEntry, BegunAssumption } from "../types";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function assumptions(): Promise<number> {
  const answer = await fetch(`${sandbox.url}/_sandbox/requests`);
  const { requests } = (await answer.json()) as { requests: { operation: string }[] };
  return requests.filter(({ operation }) => operation === "AssumeRole").length;
}

test("where the log begins an entry, it is there before AWS is asked, and names the session that CloudTrail shows", async () => {
  const begun: { assumption: BegunAssumption; asked: number }[] = [];
  const recorded: AccessLogEntry[] = [];
  const accessLog = {
    async begin(assumption: BegunAssumption) {
      begun.push({ assumption, asked: await assumptions() });
      return { sessionName: "named-by-the-log" };
    },
    record: async (entry: AccessLogEntry) => void recorded.push(entry),
  };
  const { provider } = await connected(sandbox.url, { accessLog });
  const credentials = await provider("nightly report")();
  expect(begun).toMatchObject([
    {
      asked: 0,
      assumption: { customerId, connectionId, purpose: "nightly report", region: "us-east-1", probe: false },
    },
  ]);
  expect(recorded).toMatchObject([{ sessionName: "named-by-the-log", outcome: "allowed" }]);
  const sts = new STSClient({ endpoint: sandbox.url, region: "us-east-1", credentials });
  expect((await sts.send(new GetCallerIdentityCommand())).Arn).toMatch(/\/named-by-the-log$/);
});

test.each([
  ["a log that fails", new Error("down"), "access-log-failed"],
  [
    "a log that knows that the connection is paused",
    new CrossAccountError("connection-unusable", "Paused."),
    "connection-unusable",
  ],
])("AWS is not asked at all after %s", async (_what, failure, code) => {
  const accessLog = { begin: () => Promise.reject(failure), record: async () => {} };
  const { provider } = await connected(sandbox.url, { accessLog });
  await expect(provider()()).rejects.toMatchObject({ code });
  expect(await assumptions()).toBe(0);
});
