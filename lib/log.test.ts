import { pino } from "pino";
import { expect, test } from "vitest";
import { logOptions, redactError } from "./log";

const externalId = `acme-${"0a1b".repeat(8)}`;

test("an error's texts lose external IDs, role ARNs, keys and passwords, wherever they stand", () => {
  const roleArn = "arn:aws-us-gov:iam::111122223333:role/crossaccount/crossaccount-1a2b";
  const apiKey = `ck_${"x".repeat(43)}`;
  const secrets = [
    externalId,
    roleArn,
    apiKey,
    `AKIA${"A".repeat(16)}`,
    "postgresql://portal:hunter2@db.internal/portal",
  ];
  const text = JSON.stringify(
    redactError(new Error(secrets.join("\n"), { cause: new Error(`ExternalId=${externalId}`) })),
  );
  for (const secret of ["0a1b0a1b", "111122223333", "AAAAAAAA", "xxxxxxxx", "hunter2"])
    expect(text).not.toContain(secret);
});

test("what a stranger has the portal log is bounded, and takes no longer the longer it is", () => {
  const hostile = new Error("a-".repeat(500_000));
  expect(JSON.stringify(redactError(hostile)).length).toBeLessThan(20_000);
});

test.each([
  ...["externalId", "ExternalId", "external_id", "roleArn", "RoleArn", "role_arn", "accessKeyId", "secretAccessKey"],
  ...["sessionToken", "token", "password", "secret", "authorization", "cookie"],
])("a field %s is censored, wherever it stands", (field) => {
  const lines: string[] = [];
  const log = pino({ ...logOptions, level: "info" }, { write: (line) => lines.push(line) });
  log.info(
    { [field]: "hidden", request: { [field]: "hidden", headers: { [field]: "hidden" } }, kept: "shown" },
    "asked",
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("shown");
  expect(lines[0]?.match(/\[redacted\]/g)).toHaveLength(3);
  expect(lines[0]).not.toContain("hidden");
});
