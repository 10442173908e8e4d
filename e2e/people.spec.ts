import { expectNoFault } from "./fixtures/examine";
import { customers, expect, signIn, test } from "./fixtures/portal";
import { addMember, createTeam, openAs } from "./fixtures/team";

test("an admin invites a colleague, who accepts by the link, once, and only as the person invited", async ({
  page,
  browser,
}) => {
  await signIn(page, "Bo Lindqvist");
  await page.goto(`/c/${customers.borealis}/people`);
  await page.getByLabel("E-mail address").fill("kim@newcomer.test");
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page
    .getByText(/\/invitation#/)
    .first()
    .textContent();
  const invitation = new URL(link?.trim() ?? "");

  const stranger = await (await browser.newContext()).newPage();
  await signIn(stranger, "Ana Ferreira");
  await stranger.goto(invitation.pathname + invitation.hash);
  await expect(stranger.getByText("kim@newcomer.test")).toBeVisible();
  await stranger.getByRole("button", { name: "Accept invitation" }).click();
  await expect(stranger.getByText(/made out to another e-mail address/)).toBeVisible();
  expect((await stranger.goto(`/c/${customers.borealis}/connections`))?.status()).toBe(404);

  const invited = await (await browser.newContext()).newPage();
  await signIn(invited, "Kim Adeyemi");
  await invited.goto(invitation.pathname + invitation.hash);
  await expect(invited.getByText("Viewer: you see the team’s AWS connections")).toBeVisible();
  await expect(invited.getByText("Bo Lindqvist")).toBeVisible();
  await expectNoFault(invited);
  await invited.getByRole("button", { name: "Accept invitation" }).click();
  await invited.waitForURL(new RegExp(`/c/${customers.borealis}/`));

  await invited.goto(invitation.pathname + invitation.hash);
  await expect(invited.getByText("This invitation was used")).toBeVisible();
  await expectNoFault(invited);
  await invited.getByRole("link", { name: /^Go to/ }).click();
  await invited.waitForURL(new RegExp(`/c/${customers.borealis}/`));
});

test("an international address can be typed and invited", async ({ page }) => {
  await signIn(page, "Bo Lindqvist");
  await page.goto(`/c/${customers.borealis}/people`);
  await page.getByLabel("E-mail address").fill("用户@例子.测试");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("用户@xn--fsqu00a.xn--0zwm56d")).toBeVisible();
});

test("an admin changes a role and removes someone, who is out with their next request", async ({ page, browser }) => {
  const team = await createTeam();
  const people = `/c/${team.reference}/people`;
  await openAs(page, team.admin, people);
  const row = page.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: team.viewer.name });
  const removed = await (await browser.newContext()).newPage();
  await openAs(removed, team.viewer, team.home);
  await expect(removed.getByRole("heading", { level: 1, name: team.name })).toBeVisible();

  await row.getByRole("button", { name: `More for ${team.viewer.name}` }).click();
  await row.getByRole("button", { name: "Make admin" }).click();
  await expectNoFault(page);
  await page.getByRole("dialog").getByRole("button", { name: "Make admin" }).click();
  await expect(row.getByText("Admin", { exact: true })).toBeVisible();
  await removed.reload();
  await expect(removed.getByRole("link", { name: "Connect an AWS account" })).toBeVisible();

  await row.getByRole("button", { name: `More for ${team.viewer.name}` }).click();
  await row.getByRole("button", { name: "Remove from the team" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
  expect((await removed.goto(team.home))?.status()).toBe(404);
  await expect(removed.getByText(`You are signed in as ${team.viewer.email}.`)).toBeVisible();
  await expectNoFault(removed);
  await removed.context().close();
});

test("the last admin is told why they cannot leave; a second one can", async ({ page }) => {
  const team = await createTeam();
  const people = `/c/${team.reference}/people`;
  const leave = async () => {
    await page.getByRole("button", { name: `More for ${team.admin.name}` }).click();
    await page.getByRole("button", { name: "Leave the team" }).click();
    await page.getByRole("button", { name: "Leave", exact: true }).click();
  };
  await openAs(page, team.admin, people);
  await leave();
  await expect(page.getByRole("alert").filter({ hasText: "A team needs an admin" })).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("button", { name: "Stay" }).click();
  await addMember(team.id, "admin");
  await leave();
  await expect(page.getByRole("heading", { name: "No access yet" })).toBeVisible();
});

test("an invitation is sent again by a new link, and the earlier one says that it was replaced", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, `/c/${team.reference}/people`);
  await page.getByLabel("E-mail address").fill("new@team.test");
  await page.getByRole("button", { name: "Invite" }).click();
  const links = page.getByText(/\/invitation#/);
  const first = (await links.first().textContent())?.trim() ?? "";
  await page.getByRole("button", { name: "New link for new@team.test" }).click();
  await expect(links).toHaveCount(2);
  await expectNoFault(page);
  await page.context().clearCookies();
  await page.goto(first);
  await expect(page.getByText("This invitation was withdrawn, or replaced by a newer one")).toBeVisible();
  await expectNoFault(page);
  await page.goto("/sign-in");
  await page.goto(`/invitation#${"x".repeat(43)}`);
  await expect(page.getByText("There is no such invitation")).toBeVisible();
});

test("a viewer is told who can change people, and may leave", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.viewer, `/c/${team.reference}/people`);
  await expect(page.getByText(`Ask ${team.admin.name}.`)).toBeVisible();
  await expect(page.getByRole("button", { name: `More for ${team.admin.name}` })).toHaveCount(0);
  await expect(page.getByRole("button", { name: `More for ${team.viewer.name}` })).toBeVisible();
  await expectNoFault(page);
});
