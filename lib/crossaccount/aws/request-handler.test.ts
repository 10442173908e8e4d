import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox } from "../../../sandbox/server";
import { createCrossAccountClient } from "../client/client";
import { createKmsEncryptor } from "../encryptor/kms-encryptor";
import { connected } from "../testing/connected-client";
import { testConfig } from "../testing/customer";
import { RequestHandler } from "./request-handler";

const credentials = { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" };
const mebibyte = Buffer.alloc(1024 * 1024, " ");
/** What a cut-off answer may have cost: 4 MiB that were read, and what fits into the buffers on the way. */
const bound = 16 * mebibyte.length;

let server: Server;
let endpoint: string;
/** How each answer begins and goes on. */
let answer: (response: ServerResponse) => void;
/** Bytes that were taken from the server, answer by answer. */
let taken: number[];
beforeEach(async () => {
  taken = [];
  server = createServer((_request, response) => answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Writes as fast as somebody reads, without end. */
function endless(beginning: string, status = 200) {
  return (response: ServerResponse) => {
    const index = taken.push(0) - 1;
    response.writeHead(status, { "content-type": "text/xml" });
    response.write(beginning);
    const more = () => {
      while (!response.destroyed) {
        taken[index] = (taken[index] ?? 0) + mebibyte.length;
        if (!response.write(mebibyte)) return response.once("drain", more);
      }
      return undefined;
    };
    more();
  };
}

const beginnings: [string, ReturnType<typeof endless>][] = [
  ["an answer", endless("<GetCallerIdentityResponse>")],
  ["an error", endless("<ErrorResponse><Error><Code>AccessDenied</Code><Message>", 403)],
  ["a fault of its own", endless("", 500)],
];

describe.each(beginnings)("what begins as %s and never ends", (_, begins) => {
  test("is cut off for whoever wants credentials, and they are told what to look at", async () => {
    answer = begins;
    const sandbox = await createSandbox();
    const { provider, accessLog } = await connected(sandbox.url, { aws: { endpoint, credentials } });
    await expect(provider()()).rejects.toMatchObject({
      code: "aws-unavailable",
      message: expect.stringContaining("did not end and was cut off. Check the endpoint") as string,
    });
    expect(accessLog.entries.length).toBe(taken.length);
    expect(Math.max(...taken)).toBeLessThan(bound);
    await sandbox.close();
  });

  test("is cut off for a verification, which says nothing of the role", async () => {
    answer = begins;
    const client = createCrossAccountClient(testConfig, { aws: { endpoint, credentials }, sleep: async () => {} });
    const roleArn = "arn:aws:iam::111122223333:role/acme/portal";
    const input = { customerId: "customer-1", roleArn, externalId: "acme-0123456789abcdef0123456789abcdef" };
    const report = await client.verifyIntegration({ ...input, deadlineMs: 1 });
    expect(report.outcome).toBe("inconclusive");
    expect(Math.max(...taken)).toBeLessThan(bound);
  });

  test("is cut off for the template and for KMS", async () => {
    answer = begins;
    const client = createCrossAccountClient(testConfig, { aws: { endpoint, credentials } });
    await expect(client.publishTemplate("us-east-1")).rejects.toMatchObject({ code: "template-upload-failed" });
    const keyId = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    const encryptor = createKmsEncryptor({ keyId, client: { endpoint, credentials } });
    const context = { customerId: "customer-1", connectionId: "connection-1", field: "roleArn" } as const;
    await expect(encryptor.encrypt("secret", context)).rejects.toMatchObject({ code: "encryption-failed" });
    expect(Math.max(...taken)).toBeLessThan(bound);
  });
});

describe("an answer", () => {
  const handler = (answerMs?: number) => ({
    ...{ endpoint, region: "us-east-1", credentials, maxAttempts: 1 },
    requestHandler: new RequestHandler({ answerMs }),
  });

  test("of a byte now and then ends when its time is over", async () => {
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/xml" });
      const timer = setInterval(() => response.write(" "), 20);
      response.once("close", () => clearInterval(timer));
    };
    const request = new STSClient(handler(300)).send(new GetCallerIdentityCommand({}));
    await expect(request).rejects.toThrow();
  });

  test("of headers without end is refused", async () => {
    answer = ({ socket }) => {
      const more = () => {
        while (socket && !socket.destroyed) if (!socket.write(`x-${"y".repeat(4_000)}: z\r\n`)) return;
      };
      socket?.write("HTTP/1.1 200 OK\r\n");
      socket?.on("drain", more).on("error", () => undefined);
      more();
    };
    const request = new STSClient(handler()).send(new GetCallerIdentityCommand({}));
    await expect(request).rejects.toMatchObject({ code: "HPE_HEADER_OVERFLOW" });
  });

  test("of some megabytes that ends is read whole", async () => {
    answer = (response) => {
      const filler = " ".repeat(3 * 1024 * 1024);
      const role = `<Role><RoleName>portal</RoleName><Arn>arn:aws:iam::111122223333:role/portal</Arn></Role>`;
      response.writeHead(200, { "content-type": "text/xml" });
      response.end(`<GetRoleResponse>${filler}<GetRoleResult>${role}</GetRoleResult></GetRoleResponse>`);
    };
    const { Role } = await new IAMClient(handler()).send(new GetRoleCommand({ RoleName: "portal" }));
    expect(Role?.RoleName).toBe("portal");
  });
});
