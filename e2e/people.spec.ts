import { customers, expect, signIn, test } from "./fixtures/portal";

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
  await stranger.getByRole("button", { name: "Accept invitation" }).click();
  await expect(stranger.getByText(/made out to another e-mail address/)).toBeVisible();
  expect((await stranger.goto(`/c/${customers.borealis}/connections`))?.status()).toBe(404);

  const invited = await (await browser.newContext()).newPage();
  await signIn(invited, "Kim Adeyemi");
  await invited.goto(invitation.pathname + invitation.hash);
  await invited.getByRole("button", { name: "Accept invitation" }).click();
  await invited.waitForURL(new RegExp(`/c/${customers.borealis}/`));

  await invited.goto(invitation.pathname + invitation.hash);
  await invited.getByRole("button", { name: "Accept invitation" }).click();
  await expect(invited.getByText(/This invitation is not open/)).toBeVisible();
});

test("an international address can be typed and invited", async ({ page }) => {
  await signIn(page, "Bo Lindqvist");
  await page.goto(`/c/${customers.borealis}/people`);
  await page.getByLabel("E-mail address").fill("用户@例子.测试");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("用户@xn--fsqu00a.xn--0zwm56d")).toBeVisible();
});
