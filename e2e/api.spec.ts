import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createStack } from "./fixtures/aws";
import { linkedExternalId, linkedRoleArn } from "./fixtures/launch-link";
import { expect, required, test } from "./fixtures/portal";
import { createTeam, openAs } from "./fixtures/team";

/*
 * The web service of the guide, in its order: a page, start, the customer's stack, complete, the customer's data. By nothing but HTTP
 * and a key, against the portal as `script/server` starts it.
 */
const run = promisify(execFile);
const scopes = "connections:write,connections:assume,customers:read";

/** As an operator makes it. */
async function newKey(...options: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: required("E2E_DATABASE_URL") };
  const command = ["run", "-s", "api-key", "--", "create", "--name", "Guide", "--scopes", scopes, ...options];
  return (await run("npm", command, { env })).stdout.trim();
}

/** What the customer does with the launch link; gives the role's ARN. */
async function launch(account: string, launchUrl: string): Promise<string> {
  await createStack(account, launchUrl);
  const roleArn = linkedRoleArn(launchUrl, account);
  await appendFile(required("E2E_SEEN_FILE"), `${roleArn}\n${linkedExternalId(launchUrl)}\n`);
  return roleArn;
}

test("the guide's routes lead from start to the customer's data", async () => {
  const [key, customer, account] = [await newKey(), `guide-${randomUUID()}`, "870000000001"];
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(required("E2E_BASE_URL") + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, location: answer.headers.get("location"), body: await answer.json() };
  };
  expect((await fetch(`${required("E2E_BASE_URL")}/integrate`)).status).toBe(200);

  const wanted = { customer_id: customer, customer_name: "Guide Ltd", region: "us-east-1" };
  const started = await call("POST", "/api/integration/start", wanted);
  expect(started).toMatchObject({ status: 200 });
  const { launch_url, external_id, connection_id } = started.body;
  const early = await call("GET", `/api/customer/${customer}/data`);
  expect({ status: early.status, code: early.body.code }).toEqual({ status: 409, code: "connection-unusable" });

  const role_arn = await launch(account, launch_url);
  const other = { customer_id: customer, role_arn, external_id: `${external_id}0` };
  expect((await call("POST", "/api/integration/complete", other)).body).toMatchObject({ code: "invalid-input" });
  let done = await call("POST", "/api/integration/complete", { customer_id: customer, role_arn, external_id });
  const isUnderWay = () => done.status === 202 || done.body.state === "running";
  if (isUnderWay())
    await expect
      .poll(async () => {
        done = await call("GET", done.location ?? "");
        return isUnderWay();
      })
      .toBe(false);
  expect(done.body.checks.length).toBeGreaterThan(5);

  const data = await call("GET", `/api/customer/${customer}/data`);
  expect(data).toMatchObject({ status: 200, body: { customer_id: customer, connection_id } });
  expect(data.body.data.account_id).toBe(account);
});

test("the entry page offers to begin, and to resume what a program began", async ({ page }) => {
  const [key, team] = [await newKey(), await createTeam()];
  await openAs(page, team.admin, "/integrate");
  await expect(page.getByRole("link", { name: "Connect an AWS account" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Resume/ })).toHaveCount(0);

  const started = await fetch(`${required("E2E_BASE_URL")}/api/integration/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ customer_id: team.reference, region: "us-east-1" }),
  });
  const { connection_id, external_id } = await started.json();
  await appendFile(required("E2E_SEEN_FILE"), `${external_id}\n`);
  await page.reload();
  await page.getByRole("link", { name: /^Resume Production/ }).click();
  await page.waitForURL(new RegExp(connection_id));
});

/** Prints what it did as lines of JSON, and waits for the role's ARN once it has a launch link. */
async function integrate(command: string, parameters: string[], customer: string, account: string) {
  const program = spawn(command, [...parameters, customer], {
    env: {
      ...process.env,
      PORTAL_URL: required("E2E_BASE_URL"),
      CROSSACCOUNT_KEY: await newKey(),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => program.on("close", resolve));
  const said: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: program.stdout })) {
    const object = JSON.parse(line);
    said.push(object);
    if (object.launch_url) program.stdin.end(`${await launch(account, object.launch_url)}\n`);
  }
  return { code: await ended, said };
}

/** Where the language is not there, what was not tried is said, and not passed over in silence. */
async function requireLanguage(command: string, version: string): Promise<void> {
  const there = await run(command, [version]).then(
    () => true,
    () => false,
  );
  test.skip(!there, `${command} is not installed, so its program was not run`);
}

for (const [language, command, version, parameters, account] of [
  ["Python", "python3", "--version", ["e2e/api/integrate.py"], "870000000002"],
  ["Go", "go", "version", ["run", "e2e/api/integrate.go"], "870000000003"],
] as const) {
  test(`a program in ${language} does the same by its standard library`, async () => {
    test.setTimeout(300_000);
    await requireLanguage(command, version);
    const customer = `guide-${randomUUID()}`;
    const { code, said } = await integrate(command, [...parameters], customer, account);
    expect(code).toBe(0);
    expect(said).toMatchObject([
      { integrate: 200 },
      { stack_name: expect.any(String) },
      { complete: expect.stringMatching(/^(success|proven)$/) },
      { customer_id: customer, data: { account_id: account } },
    ]);
  });
}
