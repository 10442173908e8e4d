import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { createStack } from "./fixtures/aws";
import { launchUrl, linkedRoleArn } from "./fixtures/launch-link";
import {
  customers,
  expect,
  freshAccount,
  giveRole,
  signIn,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";

/** A connection whose verification just asked AWS for credentials in every way that must and must not work. */
async function verifiedConnection(page: Page): Promise<string> {
  const account = freshAccount();
  const id = await startConnection(page, `Logged ${account}`);
  const link = await launchUrl(page);
  await createStack(account, link);
  await giveRole(page, linkedRoleArn(link, account));
  await untilVerified(page);
  return id;
}

const log = (customer: string, id: string) => `/c/${customer}/connections/${id}/access-log`;
const list = (page: Page) => page.getByRole("list", { name: "Access log" });
const probes = (page: Page) => list(page).getByRole("list", { name: "Probes" }).getByRole("listitem");
/** Uses that stand alone, and groups of probes. */
const entries = (page: Page) => list(page).locator("> li");

async function openProbes(page: Page): Promise<void> {
  await expect(async () => {
    for (const group of await list(page).locator("details:not([open]) > summary").all()) await group.click();
    await expect(probes(page).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

async function exported(page: Page, format: "CSV" | "JSON"): Promise<string> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: `Export as ${format}` }).click();
  return readFile(await (await downloading).path(), "utf8");
}

for (const look of [
  { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const)
  test(`the log and its chart have no accessibility fault, ${look.colorScheme}, ${look.viewport.width} px wide`, async ({
    browser,
  }) => {
    const page = await (await browser.newContext(look)).newPage();
    await signIn(page, "Bo Lindqvist");
    await page.goto(log(customers.borealis, await verifiedConnection(page)));
    await expect(entries(page).first()).toBeVisible();
    await page.getByText("Show as a table").click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

test("a customer finds what was done, narrows it by the address, and takes it along", async ({ page }) => {
  await signIn(page, "Ana Ferreira");
  const id = await verifiedConnection(page);
  await page.goto(`/c/${customers.acme}/connections/${id}`);
  await expect(page.getByRole("img", { name: /^Bar chart of the last 30 days/ })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Access log" }).click();

  await expect(entries(page).first()).toContainText(/probes, all as expected.*by Ana Ferreira/s);
  await expect(entries(page)).toHaveCount(1);
  await openProbes(page);
  const all = await probes(page).count();
  expect(all).toBeGreaterThanOrEqual(4);
  await expect(probes(page).filter({ hasText: "Probe" })).toHaveCount(all);
  await page.getByText("Show as a table").click();
  await expect(page.getByRole("table", { name: /Uses by day/ })).toBeVisible();

  await page.getByLabel("Outcome").selectOption("Refused");
  await page.getByRole("button", { name: "Apply filter" }).click();
  await page.waitForURL(/outcome=refused/);
  await openProbes(page);
  await expect(probes(page).filter({ hasText: "AccessDenied" }).first()).toBeVisible();
  await expect(probes(page).filter({ hasText: "Allowed" })).toHaveCount(0);
  await page.reload();
  await openProbes(page);
  await expect(probes(page).first()).toBeVisible();
  const refused = await probes(page).count();
  expect(refused).toBeLessThan(all);

  const csv = await exported(page, "CSV");
  expect(csv.trimEnd().split("\r\n")).toHaveLength(refused + 1);
  expect(csv).toMatch(/^"time","outcome","verification_probe"/);
  const json = JSON.parse(await exported(page, "JSON")) as { outcome: string; sts_request_id: string }[];
  expect(json.map(({ outcome }) => outcome)).toEqual(Array.from({ length: refused }, () => "refused"));
  await expect(page.getByText(json[0]?.sts_request_id ?? "none")).toBeVisible();

  await page.getByLabel("Verification probes").selectOption("Left out");
  await page.getByRole("button", { name: "Apply filter" }).click();
  await expect(page.getByRole("heading", { name: "No entries match" })).toBeVisible();
  await page.getByRole("link", { name: "Show all entries" }).click();
  await expect(entries(page)).toHaveCount(1);
  await openProbes(page);
  await expect(probes(page)).toHaveCount(all);
});

test("a filter that is none is named, and refused for an export", async ({ page }) => {
  await signIn(page, "Ana Ferreira");
  const id = await startConnection(page, `Odd filter ${freshAccount()}`);
  await page.goto(`${log(customers.acme, id)}?outcome=denied&from=yesterday`);
  await expect(page.getByText(/outcome must be one of.*from must be a day/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "No uses yet" })).toBeVisible();
  const answer = await page.request.get(`${log(customers.acme, id)}/export?format=csv&outcome=denied`);
  expect(answer.status()).toBe(400);
});

test("another customer finds neither the page nor the export, under either customer's address", async ({
  page,
  browser,
}) => {
  await signIn(page, "Bo Lindqvist");
  const id = await startConnection(page, `Private log ${freshAccount()}`);
  expect((await page.goto(log(customers.borealis, id)))?.status()).toBe(200);

  const attacker = await (await browser.newContext()).newPage();
  await signIn(attacker, "Ana Ferreira");
  for (const customer of [customers.acme, customers.borealis]) {
    expect((await attacker.goto(log(customer, id)))?.status()).toBe(404);
    for (const format of ["csv", "json"]) {
      const answer = await attacker.request.get(`${log(customer, id)}/export?format=${format}`);
      expect(answer.status()).toBe(404);
      expect(await answer.text()).not.toContain("Private");
    }
  }
  for (const address of ["/staff/access-log", `/staff/access-log?connection=${id}`])
    expect((await attacker.goto(address))?.status()).toBe(404);
  const answer = await attacker.request.get(`/staff/access-log/export?format=csv&connection=${id}`);
  expect(answer.status()).toBe(404);
});

test("nobody who is not signed in exports anything", async ({ request }) => {
  for (const address of [
    `${log(customers.acme, "00000000-0000-4000-8000-000000000000")}/export`,
    "/staff/access-log/export",
  ]) {
    const answer = await request.get(`${address}?format=csv`, { maxRedirects: 0 });
    expect([302, 303, 307, 401]).toContain(answer.status());
  }
});

test("staff see everybody's entries with whose they are, and a viewer sees the customer's own", async ({
  page,
  browser,
}) => {
  await signIn(page, "Ana Ferreira");
  const id = await verifiedConnection(page);

  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "Sam Okafor");
  await staff.getByRole("link", { name: "Access log" }).click();
  await expect(
    entries(staff)
      .filter({ hasText: /Acme Robotics|acme-robotics/ })
      .first(),
  ).toBeVisible();
  await staff.goto(`/staff/connections/${id}`);
  await staff.getByRole("main").getByRole("link", { name: "Access log" }).click();
  await staff.waitForURL(/connection=/);
  await expect(entries(staff).first()).toContainText("Ana Ferreira");
  expect(JSON.parse(await exported(staff, "JSON"))).toHaveLength(await entries(staff).count());

  const viewer = await (await browser.newContext()).newPage();
  await signIn(viewer, "Vera Novak");
  await viewer.goto(log(customers.acme, id));
  await expect(entries(viewer).first()).toBeVisible();
});
