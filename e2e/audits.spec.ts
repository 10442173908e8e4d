import { IAMClient, UpdateRoleCommand } from "@aws-sdk/client-iam";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { UtcClient } from "@/lib/postgres";
import { addFault, createStack } from "./fixtures/aws";
import { launchUrl, linkedRoleArn, linkedRoleName } from "./fixtures/launch-link";
import {
  expect,
  freshAccount,
  giveRole,
  required,
  signIn,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";

/** A connection of Acme's with a proven role; gives its address and role. */
async function proveConnection(page: Page, account: string): Promise<{ address: string; roleName: string }> {
  await signIn(page, "Ana Ferreira");
  const id = await startConnection(page, `Audited ${account}`);
  const link = await launchUrl(page);
  await createStack(account, link);
  await giveRole(page, linkedRoleArn(link, account));
  await untilVerified(page);
  return { address: `/c/acme-robotics/connections/${id}`, roleName: linkedRoleName(link) };
}

async function lengthenSessions(account: string, RoleName: string): Promise<void> {
  const iam = new IAMClient({
    region: "us-east-1",
    endpoint: required("E2E_SANDBOX_URL"),
    credentials: { accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" },
  });
  await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }));
}

test("staff re-verify all, watch the progress, and the customer sees what changed about the role", async ({
  page,
  browser,
}) => {
  const account = freshAccount();
  const { address, roleName } = await proveConnection(page, account);
  await lengthenSessions(account, roleName);

  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "Sam Okafor");
  await staff.goto("/staff/audits");
  await staff.getByRole("button", { name: "Re-verify all" }).click();
  await staff.waitForURL(/\/staff\/audits\/[0-9a-f-]{36}$/);
  await expect(staff.getByRole("progressbar", { name: "Progress of the audit run" })).toBeVisible();
  await expect(staff.getByRole("heading", { name: "Finished" })).toBeVisible({ timeout: 60_000 });
  await expect(staff.getByText(/^(\d+) of \1 done$/)).toBeVisible();
  await expect(staff.getByRole("listitem").filter({ hasText: account })).toContainText("The role changed");
  await staff.getByRole("link", { name: `Audited ${account}` }).click();
  await staff.waitForURL(/\/staff\/connections\//);
  await staff.context().close();

  await page.goto(address);
  const changed = page
    .getByRole("region", { name: "What changed" })
    .or(page.locator("section", { hasText: "What changed" }));
  await expect(changed.getByRole("heading", { name: "The longest session changed" })).toBeVisible();
  await expect(changed.getByText("3,600 seconds")).toBeVisible();
  await expect(changed.getByText("7,200 seconds")).toBeVisible();

  await page.getByRole("link", { name: "History", exact: true }).click();
  await page.waitForURL(/\/history$/);
  const history = page.getByRole("list", { name: "History" });
  await expect(history.getByText(/^Audit/).first()).toBeVisible();
  await expect(history.getByText(/^Verification/).first()).toBeVisible();
  await history.locator("summary").filter({ hasText: "The longest session changed" }).click();
  await expect(page.getByRole("heading", { name: "The longest session changed" })).toBeVisible();
});

test("staff cancel a round that takes too long, and what had begun still counts", async ({
  page: customer,
  browser,
}) => {
  const account = freshAccount();
  await proveConnection(customer, account);
  await addFault({ kind: "latency", ms: 8_000, service: "iam", accountId: account });

  const page = await (await browser.newContext()).newPage();
  await signIn(page, "Sam Okafor");
  await page.goto("/staff/audits");
  await page.getByRole("button", { name: "Re-verify all" }).click();
  await page.waitForURL(/\/staff\/audits\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Cancel the audit run" }).click();
  await expect(page.getByRole("heading", { name: "Cancelled" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel the audit run" })).toBeHidden();
  await expect(page.locator(":focus")).toContainText("Cancelled");
  await expect(page.getByText(/^(\d+) of \1 done$/)).toBeVisible({ timeout: 60_000 });

  await page.getByRole("link", { name: "Audits" }).first().click();
  await expect(page.getByRole("row", { name: /All connections/ }).first()).toContainText("Cancelled");
  await expect(page.getByRole("button", { name: "Re-verify all" })).toBeEnabled();
  await page.context().close();
});

test("a job that the worker cannot run is shown to staff with its reason, and audits go on", async ({ page }) => {
  await signIn(page, "Sam Okafor");
  const client = new UtcClient({ connectionString: required("E2E_DATABASE_URL") });
  await client.connect();
  await client.query(`INSERT INTO pgboss.job (name, data, priority) VALUES ('audit', '{"version": 2}', 100)`);
  await client.end();

  const notice = page.getByRole("region", { name: "Jobs that were set aside" });
  await expect(async () => {
    await page.goto("/staff/audits");
    await expect(notice).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(notice).toContainText("Audits: 1 job, made by a newer version of crossaccount (job version 2)");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  await page.getByRole("button", { name: "Re-verify all" }).click();
  await expect(page.getByRole("heading", { name: "Finished" })).toBeVisible({ timeout: 60_000 });
});

test("another customer's history and the rounds of staff are not there for a customer", async ({ page, browser }) => {
  await signIn(page, "Ana Ferreira");
  const id = await startConnection(page, `History ${freshAccount()}`);
  const stranger = await (await browser.newContext()).newPage();
  await signIn(stranger, "Bo Lindqvist");
  for (const path of [
    `/c/acme-robotics/connections/${id}/history`,
    `/c/borealis-health/connections/${id}/history`,
    "/staff/audits",
  ]) {
    const answer = await stranger.goto(path);
    expect(answer?.status(), path).toBe(404);
  }
  await stranger.context().close();
});
