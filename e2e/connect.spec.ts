import { readFile } from "node:fs/promises";
import { createStack } from "./fixtures/aws";
import { launchUrl, linkedExternalId, linkedRoleArn } from "./fixtures/launch-link";
import {
  customers,
  expect,
  freshAccount,
  giveRole,
  launchStack,
  signIn,
  stackOutput,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";

test("a newcomer connects an account through the console and reaches active", async ({ page }) => {
  const account = freshAccount();
  await signIn(page, "Ana Ferreira");
  await expect(page).toHaveURL(new RegExp(`/c/${customers.acme}/connections$`));
  await startConnection(page, `Production ${account}`);
  const console_ = await launchStack(page, account);
  const roleArn = await stackOutput(console_, "RoleArn");
  await giveRole(page, roleArn);

  await untilVerified(page);

  const opening = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open the stack update" }).click();
  const update = await opening;
  await expect(update.getByLabel("SetupPhase", { exact: true })).toHaveValue("true");
  await update.getByLabel("SetupPhase", { exact: true }).selectOption("false");
  await update.getByRole("checkbox", { name: /I acknowledge/ }).check();
  await update.getByRole("button", { name: "Update stack" }).click();
  await expect(update.getByRole("status")).toContainText("UPDATE_COMPLETE");

  await page.bringToFront();
  await page.getByRole("button", { name: "I updated the stack — check now" }).click();
  await expect(page.getByRole("heading", { name: "The setup permissions are gone" })).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the receipt" }).click();
  const receipt = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
  expect(receipt).toMatchObject({
    aws: { account_id: account, role_arn: roleArn },
    connection: { name: `Production ${account}` },
  });
  expect(Date.parse(receipt.proven_at)).toBeLessThanOrEqual(Date.now());
  await page.getByRole("link", { name: "Done", exact: true }).click();
  await expect(page.getByText("Working", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("In use, with the ongoing permissions only.")).toBeVisible();
});

test("any step survives a reload and another browser, and the external ID stays", async ({ page, browser }) => {
  const account = freshAccount();
  await signIn(page, "Bo Lindqvist");
  const id = await startConnection(page, `Resumed ${account}`);
  const shown = linkedExternalId(await launchUrl(page));
  await page.reload();
  expect(linkedExternalId(await launchUrl(page))).toBe(shown);

  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await signIn(elsewhere, "Bo Lindqvist");
  await elsewhere.goto(`/c/${customers.borealis}/connections/${id}/setup`);
  await elsewhere.waitForURL(/\/setup\/launch$/);
  await other.close();
});

test("a role ARN that was not sent yet survives a reload; an external ID pasted in its place is not kept", async ({
  page,
}) => {
  const account = freshAccount();
  await signIn(page, "Ana Ferreira");
  await startConnection(page, `Draft ${account}`);
  const address = await launchUrl(page);
  await createStack(account, address);
  await page.getByRole("link", { name: "I created the stack" }).click();
  const field = page.getByLabel("Role ARN");
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));

  await field.fill(linkedExternalId(address));
  expect(await kept()).not.toContain(linkedExternalId(address));
  await field.fill(linkedRoleArn(address, account));
  await page.reload();
  await expect(field).toHaveValue(linkedRoleArn(address, account));
  await page.getByRole("button", { name: "Use this role" }).click();
  await page.waitForURL(/\/setup\/verify/);
  expect(await kept()).not.toContain("arn:aws");
});

test("the role step of a proven connection shows its role and offers no other", async ({ page }) => {
  const account = freshAccount();
  await signIn(page, "Ana Ferreira");
  await startConnection(page, `Settled ${account}`);
  const address = await launchUrl(page);
  await createStack(account, address);
  await giveRole(page, linkedRoleArn(address, account));
  await untilVerified(page);
  await page.getByRole("link", { name: /^Role/ }).click();
  await expect(page.getByText(linkedRoleArn(address, account))).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.waitForURL(/\/setup\/verify$/);
});

test("a launch page that stays open keeps counting the end of setup permissions from now", async ({ page }) => {
  await page.clock.install();
  await signIn(page, "Bo Lindqvist");
  await startConnection(page, `Left open ${freshAccount()}`);
  const askedAnew = page.waitForResponse((answer) => answer.url().includes("/setup/launch") && answer.ok());
  await page.clock.fastForward("11:00");
  await askedAnew;
});
