import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, launch } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";
import { isForeign } from "./foreign-request";

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${sandbox.url}/console/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

describe("the console", () => {
  test("serves its page, script and styles, which may load nothing from elsewhere", async () => {
    const page = await fetch(`${sandbox.url}/console/cloudformation/home?region=eu-west-1`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("not AWS");
    const script = await fetch(`${sandbox.url}/console/console.js`);
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(await script.text()).toContain("I acknowledge that AWS CloudFormation");
    const styles = await fetch(`${sandbox.url}/console/console.css`);
    expect(styles.headers.get("content-type")).toContain("text/css");
    expect((await fetch(`${sandbox.url}/console/elsewhere`)).status).toBe(404);
  });

  test("shows and deletes a stack as the account's administrator, and nobody else's", async () => {
    const { cloudformation } = clients(sandbox.url, "111122223333");
    const { StackId = "" } = await launch(cloudformation, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
    const read = async (account: string) => {
      const query = new URLSearchParams({ account, region: "us-east-1", stackId: StackId });
      return (await fetch(`${sandbox.url}/console/api/stack?${query}`)).json();
    };
    expect(await read("111122223333")).toMatchObject({
      stack: { StackStatus: "CREATE_COMPLETE" },
      template: onboardingTemplate,
    });
    expect(await read("444455556666")).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    const deletion = { account: "111122223333", region: "us-east-1", stackId: StackId };
    expect((await post("delete", deletion)).status).toBe(200);
    expect(await read("111122223333")).toMatchObject({ stack: { StackStatus: "DELETE_COMPLETE" } });
  });

  test("shows and changes a role's trust policy as the account's administrator", async () => {
    const { cloudformation } = clients(sandbox.url, "111122223333");
    await launch(cloudformation, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
    const at = { account: "111122223333", region: "us-east-1", roleName: "acme-access" };
    const read = async () => (await fetch(`${sandbox.url}/console/api/role?${new URLSearchParams(at)}`)).json();
    const { trustPolicy } = (await read()) as { trustPolicy: string };
    expect((await post("trust", { ...at, trustPolicy: trustPolicy.replace("acme-0123", "acme-4567") })).status).toBe(
      200,
    );
    expect(JSON.stringify(await read())).toContain("acme-4567");
    expect((await post("trust", { ...at, trustPolicy: "{" })).status).toBe(400);
    expect((await fetch(`${sandbox.url}/console/iam/home?region=us-east-1`)).status).toBe(200);
  });

  test("answers AWS's own text when a request is wrong", async () => {
    const wrong = { account: "111122223333", region: "us-east-1", stackName: "1", templateURL: "javascript:alert(1)" };
    const response = await post("create", wrong);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "ValidationError",
      message: expect.stringContaining("'stackName'"),
    });
    expect(await (await post("create", { ...wrong, account: "1" })).json()).toMatchObject({
      message: "An AWS account ID has 12 digits.",
    });
    expect((await post("create", { ...wrong, region: "mars-1" })).status).toBe(400);
    expect((await post("constructor", {})).status).toBe(404);
  });

  test.each([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page of another local server", { origin: "http://127.0.0.1:3000" }],
    ["a page without an address", { origin: "null" }],
    ["another site's form", { "content-type": "application/x-www-form-urlencoded" }],
    ["another site's plain form", { "content-type": "text/plain" }],
  ])("refuses a request of %s", async (_name, headers) => {
    const body = { account: "111122223333", region: "us-east-1", stackId: "acme" };
    expect((await post("delete", body, headers)).status).toBe(403);
  });

  test("refuses a name that is not this machine's, as after DNS rebinding", () => {
    const request = (host: string) => ({
      method: "GET",
      url: new URL(`http://${host}/console/api/stacks`),
      path: "/console/api/stacks",
      headers: { host },
      body: Buffer.alloc(0),
    });
    expect(isForeign(request("evil.example:4566"))).toBe(true);
    expect(isForeign(request("127.0.0.1.evil.example"))).toBe(true);
    expect(isForeign(request("localhost:4566"))).toBe(false);
    expect(isForeign(request("127.0.0.1:4566"))).toBe(false);
    expect(isForeign(request("[::1]:4566"))).toBe(false);
  });
});
