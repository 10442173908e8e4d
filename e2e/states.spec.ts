import { expectNoFault } from "./fixtures/examine";
import { expect, startConnection, test } from "./fixtures/portal";
import { createTeam, openAs, query } from "./fixtures/team";

test("a viewer at what only admins may open is told so, and whom to ask", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.viewer, team.home);
  expect((await page.goto(`${team.home}/new`))?.status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1, name: "Only admins can do this" })).toBeVisible();
  await expect(page.getByText(`Ask ${team.admin.name}.`)).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("link", { name: `Back to ${team.name}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: team.name })).toBeVisible();
});

test("what does not exist says as whom one is signed in, and offers to be someone else", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.viewer, "/nowhere");
  await expect(page.getByText(`You are signed in as ${team.viewer.email}.`)).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in as someone else" })).toBeVisible();
  await expectNoFault(page);
});

test("a page that cannot be shown keeps the frame, and has a way back, its number and the support address", async ({
  page,
}) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  const id = await startConnection(page, "Damaged");
  await query(`UPDATE "Connection" SET "externalIdCiphertext" = '\\x00' WHERE "id" = $1`, [id]);
  await page.goto(`${team.home}/${id}`);
  await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "support@nimbus.example" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy number of the error" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Nimbus Insights" }).first()).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("link", { name: "Back to the start" }).click();
  await expect(page.getByRole("heading", { level: 1, name: team.name })).toBeVisible();
});

test("a click on a link is answered before its page is", async ({ page }) => {
  const team = await createTeam();
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/people\?.*_rsc=/, async (route) => {
    if (route.request().headers()["next-router-prefetch"]) return route.abort();
    await held;
    await route.continue();
  });
  // Afterwards, or the page would have been fetched before anyone clicks.
  await openAs(page, team.admin, team.home);
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByTestId("navigation")).toBeVisible();
  answer();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await expect(page.getByTestId("navigation")).toHaveCount(0);
});

test("a page of an earlier version says so, and so does what is pressed on it", async ({ page }) => {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  await page.route(/\/connections\/changes$/, (route) => route.fulfill({ json: { mark: "", version: "a later one" } }));
  await expect(page.getByText("This page is from an earlier version of the portal.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reload" })).toBeVisible();
  await expectNoFault(page);

  await page.goto(`/c/${team.reference}/people`);
  await page.route(`**/c/${team.reference}/people`, (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ status: 404, headers: { "x-nextjs-action-not-found": "1" }, body: "" })
      : route.continue(),
  );
  await page.getByLabel("E-mail address").fill("kim@team.test");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("Reload it, then try again.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue("kim@team.test");
});
