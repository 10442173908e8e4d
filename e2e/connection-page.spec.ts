import { replaceTrust, trustOfVendor, updateStack } from "./fixtures/aws";
import { connected } from "./fixtures/connected";
import { expectNoFault } from "./fixtures/examine";
import { linkedRoleName } from "./fixtures/launch-link";
import { expect, startConnection, test } from "./fixtures/portal";
import { createTeam, openAs, query } from "./fixtures/team";

test("a healthy connection is understood at a glance, and its tabs have no fault", async ({ page }) => {
  const { account, link, address } = await connected(page);
  await updateStack(account, link, { SetupPhase: "false" });
  await page.goto(address);
  await page.getByRole("button", { name: "More for Production" }).click();
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  // The verification before it passed too.
  await expect(page.getByText("In use, with the ongoing permissions only.")).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("11 of 11 passed")).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole("img", { name: /^Bar chart/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1600);
  await page.getByText("11 of 11 passed").click();
  await expect(page.getByRole("list", { name: "Checks that passed" }).getByRole("listitem").first()).toBeVisible();
  await expectNoFault(page);

  for (const [tab, seen] of [
    ["Permissions", "What the role really has"],
    ["Access log", "Use in the last 30 days"],
    ["History", "Created"],
    ["Settings", "Only the name here changes; nothing in AWS does."],
  ] as const) {
    await page.getByRole("link", { name: tab, exact: true }).click();
    await expect(page.getByText(seen, { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("link", { name: tab, exact: true })).toHaveAttribute("aria-current", "page");
    await expectNoFault(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoFault(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await page.getByRole("textbox", { name: "Name" }).fill("Main account");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Main account" })).toBeVisible();
});

test("what is broken is on top with its one cause, and stays in the history after the repair", async ({ page }) => {
  const { account, link, address } = await connected(page, "Robots");
  await replaceTrust(account, linkedRoleName(link), trustOfVendor());

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(address);
  await page.getByRole("button", { name: "Verify again" }).click();
  const cause = page.getByRole("heading", { name: "Blocked: this role is not safe to use" });
  await expect(cause).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText("Blocked", { exact: true })).toBeVisible();
  for (const needed of [cause, page.getByRole("list", { name: "Ways to repair it" }).first()])
    expect((await needed.boundingBox())?.y).toBeLessThan(800);
  // Only the check that tells the cause is open; the other findings are folded.
  await expect(page.locator("details[open]")).toHaveCount(1);
  await expectNoFault(page);

  const way = page.getByRole("list", { name: "Ways to repair it" }).first().getByRole("listitem");
  await way.getByText("In the console, edit the trust policy").click();
  const given = await way.filter({ hasText: "edit the trust policy" }).locator("pre").textContent();
  await replaceTrust(account, linkedRoleName(link), JSON.parse(given ?? ""));
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible({ timeout: 40_000 });

  await page.getByRole("link", { name: "History", exact: true }).click();
  const failed = page.getByRole("link", { name: /others can use the role/ });
  await expect(failed).toHaveAttribute("aria-expanded", "false");
  await failed.focus();
  await page.keyboard.press("Enter");
  await expect(failed).toHaveAttribute("aria-expanded", "true");
  const checks = page.getByRole("list", { name: "Checks", exact: true });
  await expect(checks.getByText(/^Failed/).first()).toBeVisible();
  await expect(checks).toContainText(/sts:ExternalId/);
  await expectNoFault(page);

  await page.getByRole("link", { name: "Access log", exact: true }).click();
  const log = page.getByRole("list", { name: "Access log" });
  await expect(log.getByText(/^\d+ probes, all as expected$/).first()).toBeVisible();
  await expect(log.getByText(/^\d+ probes, not as expected/)).toBeVisible();
  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page.getByRole("link", { name: "Last 7 days" })).toHaveAttribute("aria-current", "true");
  await expect(log.getByText(/all as expected$/).first()).toBeVisible();
});

test("a viewer of a connection that needs someone is told whom to ask", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  const id = await startConnection(page, "Begun");
  for (const tab of ["", "/permissions", "/access-log", "/history", "/settings"]) {
    await openAs(page, team.viewer, `${team.home}/${id}${tab}`);
    await expect(page.getByText(`Ask ${team.admin.name}.`).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /^(More for|Rename|Delete)/ })).toHaveCount(0);
    await expectNoFault(page);
  }
});

test.describe("in another zone", () => {
  test.use({ timezoneId: "America/New_York", hasTouch: true });

  test("the access log has the reader's own time beside UTC, and a tap says the exact one", async ({ page }) => {
    const { address } = await connected(page, "Zoned");
    await page.goto(`${address}/access-log`);
    await expect(page.getByText(/\d\d:\d\d:\d\d your time/).first()).toBeVisible();
    await page.getByRole("list", { name: "Access log" }).locator("time").first().tap();
    await expect(page.getByRole("tooltip")).toContainText(/UTC.*your time/);
  });
});

test("a long history is read a page at a time, down to the beginning and back", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  const id = await startConnection(page, "Audited for long");
  await query(
    `INSERT INTO "Verification" ("id", "connectionId", "customerId", "state", "outcome", "actorType", "actorId", "startedAt", "finishedAt", "deadlineAt")
     SELECT gen_random_uuid(), $1, $2, 'finished', 'failed', 'customer', $3, at, at, at
     FROM generate_series(now() + interval '1 minute', now() + interval '150 minutes', interval '1 minute') at`,
    [id, team.id, team.admin.id],
  );
  await page.goto(`${team.home}/${id}/history`);
  const rows = page.getByRole("list", { name: "History" }).getByRole("listitem");
  await expect(rows).toHaveCount(100);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByText("Created", { exact: true })).toBeVisible();
  await expect(rows).toHaveCount(51);
  await rows.first().getByRole("link").click();
  await expect(page).toHaveURL(/before=.*run=/);
  await expect(rows).toHaveCount(51);
  await page.getByRole("link", { name: "Latest" }).click();
  await expect(rows).toHaveCount(100);
  await expectNoFault(page);
});
