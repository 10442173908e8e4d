import { describe, expect, test } from "vitest";
import type { AwsClients } from "../../aws/clients";
import type { Permission } from "../../grants/permission";
import { probePermissions } from "./probes";

/** What becomes of a declared call that ends like this. */
async function answerTo(name: string | null, httpStatusCode = 403) {
  const call = async () => {
    if (name) throw Object.assign(new Error("AWS"), { name, $metadata: { httpStatusCode } });
  };
  const permission = { sid: "ReadExports", probe: { action: "s3:ListBucket", call } } as unknown as Permission;
  const source = {
    aws: { endpoint: () => undefined } as unknown as AwsClients,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret", sessionToken: "token" },
    signal: new AbortController().signal,
  };
  const [probed] = await probePermissions([permission], source);
  return probed?.answer;
}

describe("a declared call", () => {
  test("worked when it answers, and when a dry run says that it would have", async () => {
    expect(await answerTo(null)).toEqual({ kind: "worked" });
    expect(await answerTo("DryRunOperation", 412)).toEqual({ kind: "worked" });
  });

  test.each([
    ...["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "NotAuthorized"],
    ...["NotAuthorizedException", "UnauthorizedAccess", "Forbidden"],
  ])("is refused when a service says %s", async (name) => {
    expect(await answerTo(name)).toMatchObject({ kind: "refused", failure: { kind: "refused" } });
  });

  test.each(["ThrottlingException", "InternalError", "NoSuchBucket", "ExpiredToken"])(
    "proves nothing when it ends with %s",
    async (name) => {
      expect(await answerTo(name, 400)).toMatchObject({ kind: "unknown" });
    },
  );
});
