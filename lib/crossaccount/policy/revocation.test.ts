import { expect, test } from "vitest";
import { parsePolicy } from "./document";
import { isRevocationPolicy, revocationDocument, revocationName, revokedBefore } from "./revocation";

const time = "2026-11-26T12:00:00.000Z";
const own = { ...(revocationDocument(new Date(time)) as { Statement: object[] }) };
const [statement] = own.Statement;
const read = (document: object, name = revocationName, arn?: string) =>
  parsePolicy(name, JSON.stringify(document), arn) ?? [];
const with_ = (changes: object) => ({ Version: "2012-10-17", Statement: [{ ...statement, ...changes }] });

test("the policy that the console writes is known, by name and by what it does", () => {
  expect(read(own).map(revokedBefore)).toEqual([time]);
  expect(isRevocationPolicy(read(own))).toBe(true);
});

test.each<[string, ReturnType<typeof read>]>([
  ["none", []],
  ["another name", read(own, "MyRevocation")],
  ["a managed one", read(own, revocationName, "arn:aws:iam::111122223333:policy/AWSRevokeOlderSessions")],
  ["an Allow", read(with_({ Effect: "Allow" }))],
  ["no condition", read(with_({ Condition: undefined }))],
  ["a time that is none", read(with_({ Condition: { DateLessThan: { "aws:TokenIssueTime": "soon" } } }))],
  ["several times", read(with_({ Condition: { DateLessThan: { "aws:TokenIssueTime": [time, time] } } }))],
  ["sessions of later", read(with_({ Condition: { DateGreaterThan: { "aws:TokenIssueTime": time } } }))],
  ["another key", read(with_({ Condition: { DateLessThan: { "aws:CurrentTime": time } } }))],
  [
    "a condition more",
    read(
      with_({ Condition: { DateLessThan: { "aws:TokenIssueTime": time }, Bool: { "aws:SecureTransport": "true" } } }),
    ),
  ],
  ["a statement more", read({ ...own, Statement: [statement, { Effect: "Allow", Action: "s3:*", Resource: "*" }] })],
])("%s is no revocation", (_what, statements) => {
  expect(isRevocationPolicy(statements)).toBe(false);
});
