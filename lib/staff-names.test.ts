import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { readEnv } from "./env";
import { staffWarnings } from "./staff-names";

function complaintOf(variables: Record<string, string>): string {
  try {
    readEnv({ ...process.env, ...variables });
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** What the portal says as it starts, before it serves anybody. */
async function start(variables: Record<string, string>) {
  const program = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", "instrumentation-node.ts"], {
    env: { ...process.env, LOG_LEVEL: "warn", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [log, complaint, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, "close"),
  ]);
  return { code, log, complaint };
}

describe("names of staff that mean something else than their author may think", () => {
  test.each([
    ["STAFF_GROUP", "nimbus:support"],
    ["STAFF_GROUP", '["helpers", "nimbus:security"]'],
    ["STAFF_EMAILS", "sam@vendor.test, nimbus@vendor.test:security"],
    ["STAFF_SECURITY_GROUP", "nimbus:security"],
    ["STAFF_SECURITY_EMAILS", "nimbus@vendor.test:support"],
  ])("%s=%s gets one warning that names the variables and not the value", (variable, value) => {
    const [warning = "", ...others] = staffWarnings({ [variable]: value });
    expect(others).toEqual([]);
    const kind = variable.endsWith("GROUP") ? "GROUP" : "EMAILS";
    for (const part of [`${variable} `, `STAFF_${kind}`, `STAFF_SECURITY_${kind}`, "the exact name it is"])
      expect(warning).toContain(part);
    expect(warning).not.toContain("nimbus");
  });

  test("a group with a comma is said to be one group, until it is written as a list", () => {
    expect(staffWarnings({ STAFF_GROUP: "helpers, keepers" })).toEqual([
      expect.stringMatching(/^STAFF_GROUP has a comma/),
    ]);
    expect(staffWarnings({ STAFF_GROUP: '["CN=Helpers,OU=Nimbus"]', STAFF_EMAILS: "sam@a.test,ana@a.test" })).toEqual(
      [],
    );
  });

  test("the warning is in the log of the start, which goes on", async () => {
    const { code, log, complaint } = await start({ STAFF_GROUP: "nimbus:support" });
    expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
    const warnings = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: string; msg: string })
      .filter(({ level }) => level === "warn");
    expect(warnings).toMatchObject([{ msg: expect.stringContaining("STAFF_SECURITY_GROUP") as string }]);
  });
});

describe("names of staff that cannot be read are refused, with the variable and not the value", () => {
  const faults = ['["nimbus"', "[nimbus]", '["nimbus", 7]', '["nimbus", " "]', '[{"nimbus": true}]', '["nimbus"] more'];

  test.each([...faults, " nimbus", "nimbus\n"])("groups %j", (value) => {
    const complaint = complaintOf({ STAFF_GROUP: value, STAFF_SECURITY_GROUP: value });
    expect(complaint.match(/^ {2}STAFF_(SECURITY_)?GROUP (begins with \[|must) .*$/gm)).toHaveLength(2);
    expect(complaint).not.toContain("nimbus");
  });

  test.each([
    ...faults,
    "nimbus",
    '["nimbus"]',
    "nimbus@vendor.test:admin",
    "sam@vendor.test; nimbus@vendor.test",
    "@nimbus",
  ])("e-mails %j", (value) => {
    const complaint = complaintOf({ STAFF_EMAILS: value, STAFF_SECURITY_EMAILS: value });
    expect(complaint.match(/^ {2}STAFF_(SECURITY_)?EMAILS (begins with \[|must) .*$/gm)).toHaveLength(2);
    expect(complaint).not.toContain("nimbus");
  });

  test("the portal does not start", async () => {
    const { code, complaint } = await start({ STAFF_GROUP: '["nimbus"' });
    expect(code).toBe(1);
    expect(complaint).toContain("STAFF_GROUP");
    expect(complaint).not.toContain("nimbus");
  });
});
