import { customers, expect, signIn, test } from "./fixtures/portal";

test("an admin invites a colleague, who accepts by the link, once, and only as the person invited", async ({
  page,
  browser,
}) => {
  await signIn(page, "Bo Lindqvist");
  await page.goto(`/c/${customers.borealis}/people`);
  await page.getByLabel("E-mail address").fill("kim@newcomer.test");
  await page.getByRole("button", { name: /Invite|Create/ }).click();
  const link = await page
    .getByText(/\/invitation#/)
    .first()
    .textContent();
  const invitation = new URL(link?.trim() ?? "");

  const stranger = await (await browser.newContext()).newPage();
  await signIn(stranger, "Ana Ferreira");
  await stranger.goto(invitation.pathname + invitation.hash);
  await stranger.getByRole("button", { name: /Accept|Join/ }).click();
  await expect(stranger.getByText(/another|other person|e-mail/i).first()).toBeVisible();
  expect((await stranger.goto(`/c/${customers.borealis}/connections`))?.status()).toBe(404);

  const invited = await (await browser.newContext()).newPage();
  await signIn(invited, "Kim Adeyemi");
  await invited.goto(invitation.pathname + invitation.hash);
  await invited.getByRole("button", { name: /Accept|Join/ }).click();
  await invited.waitForURL(new RegExp(`/c/${customers.borealis}/`));
});
