import { createStack, replaceTrust, trustOfVendor } from "./fixtures/aws";
import { expectNoFault } from "./fixtures/examine";
import { launchUrl, linkedRoleArn, linkedRoleName } from "./fixtures/launch-link";
import { expect, freshAccount, giveRole, startConnection, test } from "./fixtures/portal";
import { createTeam, openAs } from "./fixtures/team";

test("a team without connections sees what it takes, what it allows, and what it gets", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  await expect(page.getByRole("heading", { level: 1, name: team.name })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "You need IAM rights" })).toContainText("2 minutes");
  await expect(page.getByText(/^Read.* Cost Explorer/).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "What you get in the end" })).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("link", { name: /in full/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /may do$/ })).toBeVisible();
  await expectNoFault(page);

  await openAs(page, team.viewer, team.home);
  await expect(page.getByText(`Admins of your team can connect one. Ask ${team.admin.name}.`)).toBeVisible();
  await expect(page.getByRole("link", { name: "Connect an AWS account" })).toHaveCount(0);
});

test("the home leads to what is broken, counts in five words, and follows what happens elsewhere", async ({
  page,
  browser,
}) => {
  const team = await createTeam();
  const account = freshAccount();
  await openAs(page, team.admin, team.home);
  await startConnection(page, "Begun");
  await page.goto(team.home);
  await startConnection(page, "Robots");
  const link = await launchUrl(page);
  await createStack(account, link);
  await giveRole(page, linkedRoleArn(link, account));
  await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible();

  await page.goto(team.home);
  await expect(page.getByText("2 accounts · 1 working · 1 unfinished")).toBeVisible();
  const rows = page.getByRole("list", { name: "Connections" }).getByRole("listitem");
  await expect(rows.first()).toContainText(/Unfinished.*Begun.*Step 2 of 5/s);
  await expect(rows.last()).toContainText(/Working.*Robots.*Setup access ends in/s);
  await expectNoFault(page);

  // Someone opens the role to others, and a colleague verifies it; this page is not touched.
  await replaceTrust(account, linkedRoleName(link), trustOfVendor());
  const colleague = await (await browser.newContext()).newPage();
  await openAs(colleague, team.admin, team.home);
  await colleague.getByRole("button", { name: "More for Robots" }).click();
  await colleague.getByRole("button", { name: "Verify" }).click();
  await colleague.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Robots is not used until it is repaired")).toBeVisible({ timeout: 30_000 });
  await expect(rows.first()).toContainText(/Blocked.*Robots.*Others can assume the role/s);
  await expectNoFault(page);

  const repair = page.getByRole("link", { name: "Repair Robots" }).first();
  expect((await repair.boundingBox())?.y).toBeLessThan(800);
  await openAs(colleague, team.viewer, team.home);
  await expect(colleague.getByText(`Admins of your team can repair it. Ask ${team.admin.name}.`)).toBeVisible();
  await expect(colleague.getByRole("button", { name: /^More for/ })).toHaveCount(0);
  await colleague.context().close();
  await repair.click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
});

test("by keyboard alone a connection is renamed, and one that was never verified deleted", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  await startConnection(page, "Begun");
  await page.goto(team.home);
  const menu = page.getByRole("button", { name: "More for Begun" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Rename" })).toBeVisible();
  await expectNoFault(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Rename" })).toBeHidden();
  await expect(menu).toBeFocused();

  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Rename" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Rename Begun" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByLabel("Name").fill("⠀");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("a name that can be seen");
  await expectNoFault(page);
  await dialog.getByLabel("Name").fill("Renamed");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Renamed", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "More for Renamed" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Delete Renamed?" })).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("button", { name: "Delete" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Connect your first AWS account" })).toBeVisible();
});

for (const { what, width, zoom } of [
  { what: "at 320 px", width: 320, zoom: 1 },
  { what: "at 200 %", width: 1280, zoom: 2 },
])
  test(`the home fits ${what}`, async ({ page }) => {
    const team = await createTeam();
    await openAs(page, team.admin, team.home);
    await startConnection(page, "A name that is as long as people give to accounts of their production systems");
    await page.setViewportSize({ width: width / zoom, height: 800 / zoom });
    await page.goto(team.home);
    await expect(page.getByRole("link", { name: /^A name/ })).toBeVisible();
    await expectNoFault(page);
  });
