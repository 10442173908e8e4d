import { customers, expect, signIn, test } from "./fixtures/portal";

test("whoever signs out in another tab loses nothing: signing in leads back to the page and what was typed", async ({
  page,
}) => {
  await signIn(page, "Bo Lindqvist");
  await page.goto(`/c/${customers.borealis}/connections/new`);
  await page.getByLabel("Connection name").fill("Typed before the end");

  const other = await page.context().newPage();
  await other.goto("/sign-out");
  await other.getByRole("button", { name: "Sign out", exact: true }).click();
  await other.waitForURL(/\/sign-in/);

  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Bo Lindqvist" }).click();
  await page.waitForURL(/\/connections\/new\?/);
  await expect(page.getByLabel("Connection name")).toHaveValue("Typed before the end");
});

test("a link to any page leads there after signing in, with its query", async ({ page }) => {
  await page.goto("/staff?search=acme&status=active");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sam Okafor" }).click();
  await page.waitForURL(/\/staff\?search=acme&status=active$/);
});

test("a sign-in that the provider refuses, or that was begun elsewhere, says so and can be tried again", async ({
  page,
}) => {
  const shown = page.getByText(/You are not signed in/).locator("..");
  await page.goto("/api/auth/callback/oidc?error=access_denied&error_description=<b>Pay</b>");
  await expect(shown).toContainText("did not let you in, or you cancelled");
  await expect(page.getByText("Pay")).toHaveCount(0);
  await page.goto("/api/auth/callback/oidc?code=of-somebody-else&state=another");
  await expect(shown).toContainText("begun in another browser");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Bo Lindqvist" }).click();
  await page.waitForURL(new RegExp(`/c/${customers.borealis}/`));
});
