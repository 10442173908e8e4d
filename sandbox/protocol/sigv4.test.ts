import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, stsOf } from "../testing/clients";

const account = "111122223333";
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});

afterAll(() => sandbox.close());

const identify = (client: STSClient) => client.send(new GetCallerIdentityCommand({}));
const settings = () => administratorOf(account, sandbox.url);

/** A client whose requests are changed after they were signed. */
function tampering(change: (request: { headers: Record<string, string>; body?: unknown; query: object }) => void) {
  const client = new STSClient({ ...settings(), maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.request as Parameters<typeof change>[0]);
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  return client;
}

const signature = "SignatureDoesNotMatch";

describe("a request is refused", () => {
  test("when its secret is wrong", async () => {
    const credentials = { ...settings().credentials, secretAccessKey: "Sandbox" };
    await expectError(identify(stsOf({ ...settings(), credentials })), signature, "does not match", 403);
  });

  test("when its key belongs to nobody", async () => {
    for (const accessKeyId of ["AKIASANDBOX12345678901", "AKIAIOSFODNN7EXAMPLE", "ASIASANDBOX123456789"]) {
      const credentials = { accessKeyId, secretAccessKey: "sandbox" };
      await expectError(identify(stsOf({ ...settings(), credentials })), "InvalidClientTokenId", "", 403);
    }
  });

  test("when its body was changed", async () => {
    const client = tampering((request) => {
      request.body = "Action=AssumeRole&Version=2011-06-15";
      request.headers["content-length"] = "36";
    });
    await expectError(identify(client), signature);
  });

  test("when a signed header was changed", async () => {
    const client = tampering(({ headers }) => {
      headers["amz-sdk-invocation-id"] = "00000000-0000-0000-0000-000000000000";
    });
    await expectError(identify(client), signature);
  });

  test("when a query was added", async () => {
    await expectError(
      identify(tampering((request) => Object.assign(request.query, { Action: "AssumeRole" }))),
      signature,
    );
  });

  test("when it has an amz header that is not signed", async () => {
    const client = tampering(({ headers }) => {
      headers["x-amz-target"] = "Something.Else";
    });
    await expect(identify(client)).rejects.toThrow();
  });

  test("when it was signed for another service or Region", async () => {
    const moved = (from: string, to: string) =>
      tampering(({ headers }) => {
        headers.authorization = (headers.authorization ?? "").replace(from, to);
      });
    await expectError(identify(moved("/us-east-1/", "/eu-west-1/")), signature);
    await expectError(identify(moved("/sts/", "/iam/")), signature);
    await expectError(identify(moved("/us-east-1/", "/mars-north-1/")), signature);
  });

  test("when it is unsigned", async () => {
    const body = new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" });
    const response = await fetch(sandbox.url, { method: "POST", body });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  test("when it is of a service that the sandbox does not have", async () => {
    const client = tampering(({ headers }) => {
      headers.authorization = (headers.authorization ?? "").replace("/sts/", "/ec2/");
    });
    await expectError(identify(client), "InvalidAction", "ec2");
  });
});

describe("time", () => {
  async function identifyAt(offsetMs: number): Promise<unknown> {
    const late = await createSandbox({ now: () => new Date(Date.now() + offsetMs) });
    try {
      return await identify(new STSClient({ ...administratorOf(account, late.url), maxAttempts: 1 }));
    } finally {
      await late.close();
    }
  }

  test("a signature is good for 15 minutes either way", async () => {
    await expect(identifyAt(14 * 60_000)).resolves.toBeDefined();
    await expect(identifyAt(-14 * 60_000)).resolves.toBeDefined();
    await expectError(identifyAt(16 * 60_000), "RequestExpired", "", 400);
    await expectError(identifyAt(-16 * 60_000), "RequestExpired", "", 400);
  });
});
