import type { Page } from "@playwright/test";
import { addFault, createStack } from "./fixtures/aws";
import { type Connected, connected } from "./fixtures/connected";
import { expectNoFault } from "./fixtures/examine";
import { expect, test } from "./fixtures/portal";
import { createStaff, createTeam, openAs, query } from "./fixtures/team";

/*
 * Every way out: paused by the customer and by staff, disconnected with the stack deleted after, before and made again, and ended in
 * AWS first.
 */

const menuEntry = async (page: Page, name: string, entry: string) => {
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("button", { name: entry, exact: true }).click();
};
const section = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });
const status = (page: Page) => page.getByRole("heading", { level: 1 }).locator("xpath=following-sibling::*[1]");

async function disconnect(page: Page, { address }: Connected): Promise<void> {
  await page.goto(address);
  await menuEntry(page, "Production", "Disconnect");
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("heading", { name: "Disconnected" })).toBeVisible();
}

/** By the link that the page shows, in AWS's console. */
async function deleteStack(page: Page, account: string): Promise<void> {
  const opening = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open the stack in AWS" }).click();
  const aws = await opening;
  await aws.getByLabel("AWS account ID").fill(account);
  await aws.getByRole("button", { name: "Delete stack" }).click();
  await aws.getByRole("button", { name: "Yes, delete" }).click();
  await expect(aws.getByText("DELETE_COMPLETE").first()).toBeVisible();
  await aws.close();
}

for (const { look, viewport, colorScheme } of [
  { look: "a phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  { look: "a desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
] as const) {
  test.describe(`on ${look}`, () => {
    test.use({ viewport, colorScheme });

    test("an admin pauses with one click and resumes with one, and sees what is still valid until when", async ({
      page,
    }) => {
      const { team, address } = await connected(page);
      await page.goto(team.home);
      await menuEntry(page, "Production", "Pause");
      await expect(page.getByRole("listitem").filter({ hasText: "Production" })).toContainText(/Paused/);
      await expectNoFault(page);
      await page.goto(address);
      const panel = section(page, "Paused");
      await expect(panel).toContainText(`Paused by ${team.admin.name}`);
      await expect(panel).toContainText(/stay valid in AWS until they expire, the last of them .*\d\d:\d\d/);
      await panel.getByText("With the AWS CLI").click();
      await expect(panel.locator("pre")).toContainText("--policy-name AWSRevokeOlderSessions");
      await expectNoFault(page);
      await panel.getByRole("button", { name: "Resume" }).click();
      await expect(panel).toHaveCount(0);
      await page.goto(`${address}/history`);
      const history = page.getByRole("list", { name: "History" });
      await expect(history).toContainText("Paused by the customer.");
      await expect(history).toContainText("Resumed by the customer.");
      await expect(page.getByText(/The next audit is due/)).toBeVisible();
    });

    test("a disconnected connection is led out of AWS, and has a receipt of what AWS says then", async ({ page }) => {
      const connection = await connected(page);
      const { team, account, address } = connection;
      await page.goto(address);
      await menuEntry(page, "Production", "Disconnect");
      const dialog = page.getByRole("dialog", { name: "Disconnect Production?" });
      await expect(dialog).toContainText("This cannot be undone");
      await expectNoFault(page);
      await dialog.getByRole("button", { name: "Keep it" }).click();
      await expect(status(page)).toHaveText("Working");
      await disconnect(page, connection);
      await expect(status(page)).toHaveText("Ended");
      const panel = section(page, "Disconnected");
      await expect(panel).toContainText(`${team.admin.name} ended it`);
      await panel.getByRole("button", { name: "Ask AWS now" }).click();
      await expect(panel).toContainText("AWS would still let Nimbus Insights in");
      await expectNoFault(page);
      await page.goto(team.home);
      await expect(page.getByRole("link", { name: "Finish in AWS Production" })).toBeVisible();
      await page.goto(address);

      await deleteStack(page, account);
      await panel.getByRole("button", { name: "Ask AWS now" }).click();
      await expect(page.getByRole("heading", { name: "Access is gone", exact: true })).toBeVisible();
      await expect(panel).toContainText("look alike from outside");
      await expectNoFault(page);
      const downloading = page.waitForEvent("download");
      await panel.getByRole("link", { name: "Download the receipt" }).click();
      expect((await downloading).suggestedFilename()).toMatch(/^connection-ended-\d{12}-\d{4}-\d\d-\d\d\.json$/);

      // Nothing is set up or paused any more, and the history stays.
      await page.goto(`${address}/setup/launch`);
      await page.waitForURL(address);
      await page.getByRole("button", { name: "More for Production" }).click();
      await expect(page.getByRole("button", { name: /^(Pause|Resume|Disconnect|Verify)$/ })).toHaveCount(0);
      await page.goto(`${address}/history`);
      await expect(page.getByRole("list", { name: "History" })).toContainText("Disconnected.");
      await expect(page.getByText(/The next audit is due/)).toHaveCount(0);
      await page.goto(team.home);
      await expect(page.getByRole("listitem").filter({ hasText: "Production" })).toContainText("access is gone");
    });
  });
}

test("a pause of staff is seen by the customer, and each ends the own one alone", async ({ page }) => {
  const { team, id, address } = await connected(page);
  const staff = await createStaff();
  const staffPage = `/staff/connections/${id}`;
  await openAs(page, staff, staffPage);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(section(page, "Paused")).toContainText(`Paused by ${staff.name} of Nimbus Insights`);
  await expectNoFault(page);

  await openAs(page, team.admin, address);
  const panel = section(page, "Paused");
  // Customers are told no names of the vendor's people.
  await expect(panel).toContainText("Paused by Nimbus Insights");
  await expect(panel).toContainText("Only Nimbus Insights can end this pause");
  await expect(panel).not.toContainText(staff.name);
  await expect(panel.getByRole("button", { name: "Resume" })).toHaveCount(0);
  await menuEntry(page, "Production", "Pause");
  await expect(panel.getByRole("button", { name: "End your pause" })).toBeVisible();
  await expectNoFault(page);

  await openAs(page, staff, staffPage);
  await expect(section(page, "Paused")).toContainText(`Paused by ${team.admin.name}`);
  await page.getByRole("button", { name: "End your pause" }).click();
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await expect(page.getByText("Paused", { exact: true }).first()).toBeVisible();

  await openAs(page, team.admin, address);
  await panel.getByRole("button", { name: "Resume" }).click();
  await expect(status(page)).toHaveText("Working");
  await page.goto(`${address}/history`);
  const history = page.getByRole("list", { name: "History" });
  for (const told of ["Paused by the vendor's staff.", "and still paused by the customer", "Resumed by the customer."])
    await expect(history).toContainText(told);
});

test("a viewer sees the pause and the end and who can change them, and another customer finds nothing", async ({
  page,
}) => {
  const connection = await connected(page);
  const { team, address } = connection;
  await page.goto(`${address}/settings`);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  await openAs(page, team.viewer, address);
  await expect(section(page, "Paused")).toContainText(`Admins of your team can resume it. Ask ${team.admin.name}.`);
  await expect(page.getByRole("button", { name: /^(Resume|Pause|Disconnect|More for .*)$/ })).toHaveCount(0);
  await expectNoFault(page);
  await page.goto(`${address}/settings`);
  await expect(page.getByText(/pause the connection or disconnect it/)).toContainText(team.admin.name);

  await openAs(page, team.admin, address);
  await disconnect(page, connection);
  await openAs(page, team.viewer, address);
  await expect(section(page, "Disconnected")).toContainText(`have AWS asked now. Ask ${team.admin.name}.`);
  await expect(page.getByRole("button", { name: "Ask AWS now" })).toHaveCount(0);
  await expectNoFault(page);

  const stranger = await createTeam();
  for (const home of [team.home, stranger.home]) {
    await openAs(page, stranger.admin, address.replace(team.home, home));
    await expect(page.getByText("Production")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^More for/ })).toHaveCount(0);
  }
});

test("a pause while a verification runs stands, and what is found counts once it is resumed", async ({ page }) => {
  const { address } = await connected(page);
  await page.goto(address);
  await menuEntry(page, "Production", "Verify");
  await menuEntry(page, "Production", "Pause");
  await expect(section(page, "Paused")).toBeVisible();
  await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible({ timeout: 40_000 });
  await expect(status(page)).toHaveText("Paused");
  await section(page, "Paused").getByRole("button", { name: "Resume" }).click();
  await expect(status(page)).toHaveText("Working");
});

for (const exit of ["Pause", "Disconnect"] as const) {
  test(`what an audit finds that runs meanwhile does not undo ${exit}`, async ({ page }) => {
    const { id, account, address } = await connected(page);
    // The role's own calls are slow, so that the audit is still under way.
    await addFault({ kind: "latency", ms: 1_500, service: "iam", accountId: account });
    const audit = (state: "running" | "done") =>
      expect
        .poll(() => query(`SELECT "state" FROM "AuditItem" WHERE "connectionId" = $1`, [id]), { timeout: 40_000 })
        .toEqual([{ state }]);
    await page.goto(address);
    await query(`UPDATE "AuditSchedule" SET "nextAuditAt" = now() WHERE "connectionId" = $1`, [id]);
    await audit("running");
    await menuEntry(page, "Production", exit);
    if (exit === "Disconnect") await page.getByRole("dialog").getByRole("button", { name: exit }).click();
    await expect(section(page, exit === "Pause" ? "Paused" : "Disconnected")).toBeVisible();
    await audit("done");
    await page.reload();
    await expect(status(page)).toHaveText(exit === "Pause" ? "Paused" : "Ended");
    if (exit === "Disconnect") return;
    await section(page, "Paused").getByRole("button", { name: "Resume" }).click();
    await expect(status(page)).toHaveText("Working");
  });
}

test("two admins who press at once make one pause and one end", async ({ page, context }) => {
  const { address } = await connected(page);
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(`${address}/settings`);
  await Promise.all([page, other].map((tab) => tab.getByRole("button", { name: "Pause", exact: true }).click()));
  for (const tab of [page, other]) await expect(tab.getByRole("button", { name: "Resume" })).toBeVisible();
  for (const tab of [page, other]) await tab.getByRole("button", { name: "Disconnect" }).click();
  await Promise.all(
    [page, other].map((tab) => tab.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click()),
  );
  for (const tab of [page, other]) await expect(tab.getByRole("heading", { name: "Disconnected" })).toBeVisible();
  await page.goto(`${address}/history`);
  await expect(page.getByText("Disconnected.", { exact: true })).toHaveCount(1);
  await expect(page.getByText("Paused by the customer.", { exact: true })).toHaveCount(1);
});

test("a stack that was deleted in AWS first is asked about: yes ends the connection, no repairs it", async ({
  page,
}) => {
  const connection = await connected(page);
  const { team, account, address, link } = connection;
  await removeStack(page, account, link);
  await page.goto(address);
  await menuEntry(page, "Production", "Verify");
  const question = page.getByText("Ended on purpose?", { exact: true });
  await expect(question).toBeVisible({ timeout: 60_000 });
  await expectNoFault(page);
  await openAs(page, team.viewer, address);
  await expect(page.getByText(`Admins of your team can answer this. Ask ${team.admin.name}.`)).toBeVisible();
  await openAs(page, team.admin, team.home);
  await expect(page.getByText(/Ended on purpose\?/)).toBeVisible();
  await page.getByRole("link", { name: "Repair or disconnect Production" }).click();
  await page.getByRole("link", { name: "No, repair it" }).click();
  await page.waitForURL(/\/setup\/verify$/);
  await page.goto(address);
  await page.getByRole("button", { name: "Yes, disconnect it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("heading", { name: "Disconnected" })).toBeVisible();
  await expect(question).toHaveCount(0);
  await page.getByRole("button", { name: "Ask AWS now" }).click();
  await expect(page.getByRole("heading", { name: "Access is gone", exact: true })).toBeVisible();
});

test("a stack that is made again after the end is not called gone, and is not used", async ({ page }) => {
  const connection = await connected(page);
  const { account, link } = connection;
  await disconnect(page, connection);
  await deleteStack(page, account);
  await page.getByRole("button", { name: "Ask AWS now" }).click();
  await expect(page.getByRole("heading", { name: "Access is gone", exact: true })).toBeVisible();
  await createStack(account, link);
  await page.getByRole("button", { name: "Ask AWS now" }).click();
  await expect(section(page, "Disconnected")).toContainText("AWS would still let Nimbus Insights in");
  await expect(page.getByRole("heading", { name: "Access is gone", exact: true })).toHaveCount(0);
  await expect(status(page)).toHaveText("Ended");
});

test("sessions from before are revoked by the button that the page leads to", async ({ page }) => {
  const { account, address } = await connected(page);
  await page.goto(address);
  await menuEntry(page, "Production", "Pause");
  const opening = page.waitForEvent("popup");
  await section(page, "Paused").getByRole("link", { name: "Open Revoke sessions in AWS" }).click();
  const aws = await opening;
  await aws.getByLabel("AWS account ID").fill(account);
  await aws.getByRole("button", { name: "Revoke active sessions" }).click();
  await expect(aws.getByText("Active sessions revoked.")).toBeVisible();
  await aws.close();
  await section(page, "Paused").getByRole("button", { name: "Resume" }).click();
  await menuEntry(page, "Production", "Verify");
  await expect(page.getByText(/of 11 passed/)).toBeVisible({ timeout: 40_000 });
  await expect(status(page)).toHaveText("Working");
});

/** In AWS's own console, past the portal. */
async function removeStack(page: Page, account: string, link: string): Promise<void> {
  const { origin, pathname, search } = new URL(link);
  const name = new URLSearchParams(new URL(link).hash.replace(/^[^?]*\?/, "")).get("stackName") ?? "";
  await page.goto(`${origin}${pathname}${search}#/stacks/stackinfo?stackId=${name}`);
  await page.getByLabel("AWS account ID").fill(account);
  await page.getByRole("button", { name: "Delete stack" }).click();
  await page.getByRole("button", { name: "Yes, delete" }).click();
  await expect(page.getByText("DELETE_COMPLETE").first()).toBeVisible();
}
