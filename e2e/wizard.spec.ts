import { devices, type Page } from "@playwright/test";
import { createStack, updateStack } from "./fixtures/aws";
import { countEffort } from "./fixtures/effort";
import { launchUrl, linkedExternalId, linkParameters } from "./fixtures/launch-link";
import {
  customers,
  expect,
  freshAccount,
  launchStack,
  signIn,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";

const list = `/c/${customers.borealis}/connections`;
const rowsOf = (page: Page, text: string) =>
  page.getByRole("list", { name: "Connections" }).getByRole("listitem").filter({ hasText: text });

test.beforeEach(async ({ page }) => {
  await signIn(page, "Bo Lindqvist");
});

test("with the account ID first it takes three clicks and one field to verified, and two more clicks to active", async ({
  page,
}) => {
  const account = freshAccount();
  const effort = await countEffort(page);
  await page.getByRole("link", { name: "Connect an AWS account" }).first().click();
  await expect(page.getByLabel("Connection name")).not.toHaveValue("");
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/setup\/launch$/);
  await launchStack(page, account);
  await untilVerified(page);
  expect(effort.fields).toEqual(["accountId"]);
  expect(effort.clicks).toHaveLength(3);

  await finish(page);
  await expect(page.getByRole("heading", { name: "The setup permissions are gone" })).toBeVisible();
  expect(effort.clicks.length, effort.clicks.join()).toBeLessThanOrEqual(5);
  expect(effort.fields).toEqual(["accountId"]);
});

/** Removes the setup permissions in AWS's console and lets the portal look. */
async function finish(page: Page): Promise<void> {
  const opening = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open the stack update" }).click();
  const update = await opening;
  await update.getByLabel("SetupPhase", { exact: true }).selectOption("false");
  await update.getByRole("checkbox", { name: /I acknowledge/ }).check();
  await update.getByRole("button", { name: "Update stack" }).click();
  await expect(update.getByRole("status")).toContainText("UPDATE_COMPLETE");
  await page.getByRole("button", { name: "I updated the stack — check now" }).click();
}

test("without the account ID it is asked once, after the launch link, and Enter goes on", async ({ page }) => {
  const account = freshAccount();
  const effort = await countEffort(page);
  await startConnection(page, `Asked later ${account}`);
  await launchStack(page, account);
  await page.waitForURL(/\/setup\/role$/);
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByLabel("AWS account ID").press("Enter");
  await untilVerified(page);
  expect(effort.clicks.length, effort.clicks.join()).toBeLessThanOrEqual(4);
});

test("a tab left open goes on by itself when the rest is done in another one", async ({ page, context }) => {
  const account = freshAccount();
  const id = await startConnection(page, `Left open ${account}`, { account });
  const address = await launchUrl(page);
  const other = await context.newPage();
  await other.goto(`${list}/${id}/setup`);
  await other.waitForURL(/\/setup\/launch$/);
  await createStack(account, address);
  await other.getByRole("link", { name: "I created the stack" }).click();
  await untilVerified(other);
  await untilVerified(page);
});

test("another browser begins where this one stopped, and this one follows", async ({ page, browser }) => {
  const account = freshAccount();
  const id = await startConnection(page, `Moved on ${account}`, { account });
  const address = await launchUrl(page);
  await createStack(account, address);
  const elsewhere = await (await browser.newContext({ ...devices["Pixel 7"] })).newPage();
  await signIn(elsewhere, "Bo Lindqvist");
  await elsewhere.goto(`${list}/${id}/setup`);
  expect(linkedExternalId(await launchUrl(elsewhere))).toBe(linkedExternalId(address));
  await elsewhere.getByRole("link", { name: "I created the stack" }).click();
  await untilVerified(elsewhere);
  await untilVerified(page);
});

test("on a phone the same steps lead to the end", async ({ browser }) => {
  const account = freshAccount();
  const phone = await (await browser.newContext({ ...devices["Galaxy S9+"] })).newPage();
  await signIn(phone, "Bo Lindqvist");
  await startConnection(phone, `By phone ${account}`, { account });
  await launchStack(phone, account);
  await untilVerified(phone);
  const sideways = await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(sideways).toBe(false);
});

test("what is typed and sent before the page's script came is kept and sent once", async ({ page }) => {
  const account = freshAccount();
  const name = `Slow script ${account}`;
  let letThrough = () => {};
  const slow = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await slow;
    await route.continue();
  });
  await page.goto(`${list}/new`, { waitUntil: "commit" });
  await page.getByLabel("Connection name").fill(name);
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
  letThrough();
  await page.waitForURL(/\/setup\/launch$/);
  await page.goto(list);
  await expect(rowsOf(page, name)).toHaveCount(1);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByText(account).first()).toBeVisible();
});

test("back and forth changes the connection that was made, and makes no second one", async ({ page }) => {
  const account = freshAccount();
  const id = await startConnection(page, `Back and forth ${account}`);
  const before = await launchUrl(page);
  await page.goBack();
  await page.waitForURL(/\/setup\/review$/);
  await expect(page.getByLabel("Connection name")).toHaveValue(`Back and forth ${account}`);
  await expect(page.getByText(linkedExternalId(before))).toBeVisible();
  await page.getByLabel("Connection name").fill(`Changed ${account}`);
  await page.getByLabel("Region").selectOption("eu-west-1");
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(new RegExp(`${id}/setup/launch$`));
  await expect.poll(() => launchUrl(page)).toContain("region=eu-west-1");
  expect(linkParameters(await launchUrl(page)).parameters.ExternalId).toBe(linkedExternalId(before));

  await page.getByRole("link", { name: /^Review/ }).click();
  await page.waitForURL(/\/setup\/review$/);
  await expect(page.getByLabel("Connection name")).toHaveValue(`Changed ${account}`);
  await page.goto(list);
  await expect(rowsOf(page, account)).toHaveCount(1);
});

test("an hour later the search has stopped, looks again when asked, and finds the stack made meanwhile", async ({
  page,
}) => {
  await page.clock.install();
  const account = freshAccount();
  await startConnection(page, `An hour later ${account}`, { account });
  const address = await launchUrl(page);
  await page.getByRole("link", { name: "I created the stack" }).click();
  await expect(page.getByText(/Looking for the role/)).toBeVisible();
  await page.clock.fastForward("01:00:00");
  await expect(page.getByRole("button", { name: "Diagnose" })).toBeVisible();
  await createStack(account, address);
  await page.getByRole("button", { name: "Look again" }).click();
  await untilVerified(page);
});

test("a wrong external ID: a checklist after a minute, a diagnosis after two, and a remedy that AWS takes", async ({
  page,
}) => {
  await page.clock.install();
  const account = freshAccount();
  await startConnection(page, `Wrong ID ${account}`, { account });
  const address = await launchUrl(page);
  const right = linkedExternalId(address);
  await createStack(account, address, { ExternalId: right.replace(/.$/, (last) => (last === "0" ? "1" : "0")) });
  await page.getByRole("link", { name: "I created the stack" }).click();
  await expect(page.getByText(/Looking for the role/)).toBeVisible();
  await page.clock.fastForward("00:50");
  await expect(page.getByText("Look at these in the AWS console:")).toHaveCount(0);
  await page.clock.fastForward("00:12");
  await expect(page.getByText("Look at these in the AWS console:")).toBeVisible();
  await expect(page.getByText(right).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Diagnose" })).toHaveCount(0);
  await page.clock.fastForward("01:00");
  await page.getByRole("button", { name: "Diagnose" }).click();
  await page.waitForURL(/\/setup\/verify$/);
  await expect(page.getByRole("button", { name: "Verify again" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/open the launch link again/i)).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Ways to repair it" }).first()).toBeVisible();

  await updateStack(account, address, { ExternalId: right });
  await page.getByRole("button", { name: "Verify again" }).click();
  await untilVerified(page);
});

test("after each navigation the new heading has the focus", async ({ page }) => {
  const account = freshAccount();
  const heading = () => page.evaluate(() => document.activeElement?.tagName);
  await startConnection(page, `Focused ${account}`, { account });
  await expect.poll(heading).toBe("H1");
  await createStack(account, await launchUrl(page));
  await page.getByRole("link", { name: "I created the stack" }).press("Enter");
  await untilVerified(page);
  await expect.poll(heading).toBe("H1");
});

test("the review is downloaded as it is shown, and conditions, chips and the verdict are there", async ({ page }) => {
  await page.goto(`${list}/new`);
  const verdict = page.getByRole("list", { name: "In short" });
  await expect(verdict.getByRole("listitem")).toHaveCount(3);
  await expect(verdict).toContainText("It cannot read what is in your databases");
  await expect(page.getByText("ce:GetCostAndUsage", { exact: true })).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "JSON", exact: true }).click();
  const file = await (await downloading).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk as Buffer);
  const review = JSON.parse(Buffer.concat(chunks).toString()) as { verdict: { limits: string } };
  await expect(verdict).toContainText(review.verdict.limits);
});

test("a feature is chosen in the review, granted by the link, known to the verification, and given up in AWS", async ({
  page,
}) => {
  const account = freshAccount();
  await page.goto(`${list}/new`);
  const verdict = page.getByRole("list", { name: "In short" });
  await expect(verdict).not.toContainText("Compute Optimizer");
  await page.getByRole("checkbox", { name: /^Rightsizing/ }).check();
  await expect(verdict).toContainText("Compute Optimizer");
  await page.getByLabel("Connection name").fill(`Rightsized ${account}`);
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/setup\/launch$/);
  await expect(page.getByText("Chosen", { exact: true })).toBeVisible();
  const link = await launchUrl(page);
  expect(linkParameters(link).parameters.FeatureRightsizing).toBe("true");

  await createStack(account, link);
  await page.getByRole("link", { name: "I created the stack" }).click();
  await untilVerified(page);
  await page.goto(page.url().replace(/\/setup.*/, "/permissions"));
  await expect(page.getByText("compute-optimizer:GetEnrollmentStatus", { exact: true }).first()).toBeVisible();

  await updateStack(account, link, { FeatureRightsizing: "false", SetupPhase: "false" });
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByText("In use, with the ongoing permissions only.")).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("11 of 11 passed")).toBeVisible();
});
