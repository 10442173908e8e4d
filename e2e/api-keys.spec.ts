import type { APIRequestContext, Page } from "@playwright/test";
import { expectNoFault } from "./fixtures/examine";
import { expect, keepForSecretSearch, signIn, test } from "./fixtures/portal";
import { createTeam, openAs } from "./fixtures/team";

const looks = [
  { name: "desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** Fills in the form as far as a key for one customer needs it. */
async function fillIn(page: Page, name: string, customer: string, scope = "connections:read"): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Customer", { exact: true }).fill(customer);
  await page.getByRole("checkbox", { name: scope }).check();
}

/** Makes a key by the form, from wherever the person is; gives it as it is shown, this once. */
async function makeKey(page: Page, name: string, customer: string): Promise<string> {
  await page.goto("/staff/api");
  await page.getByRole("link", { name: "Make a key" }).click();
  await fillIn(page, name, customer);
  await page.getByRole("button", { name: "Make the key" }).click();
  return shownKey(page);
}

async function shownKey(page: Page): Promise<string> {
  const key = (await page.getByText(/^ck_[\w-]{43}$/).textContent()) ?? "";
  await keepForSecretSearch(key);
  expect(page.url()).not.toContain("ck_");
  return key;
}

async function statusWith(request: APIRequestContext, key: string): Promise<number> {
  const response = await request.get("/api/v1/connections", { headers: { authorization: `Bearer ${key}` } });
  return response.status();
}

test("a key is made, copied, used, rotated and revoked, and is never shown again", async ({
  page,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const team = await createTeam();
  const name = `Billing ${team.reference}`;
  await signIn(page, "Sasha Petrov");
  await page.goto("/staff");
  await page.getByRole("link", { name: "API", exact: true }).click();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();

  const key = await makeKey(page, name, team.reference);
  await page.getByRole("button", { name: "Copy API key" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  expect(await statusWith(request, key)).toBe(200);

  await page.getByRole("link", { name: "I have copied it" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.goBack();
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.goto("/staff/api");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText(key.slice(0, 9));
  await expect(row).toContainText(team.name);
  await expect(row).toContainText("made by Sasha Petrov");
  expect(await page.content()).not.toContain(key);

  await row.getByRole("link", { name }).click();
  await page.getByLabel("The old key works on").selectOption("for 1 hour");
  await page.getByRole("button", { name: "Rotate the key" }).click();
  const next = await shownKey(page);
  expect(next).not.toBe(key);
  for (const either of [key, next]) expect(await statusWith(request, either)).toBe(200);
  await page.getByRole("link", { name: "I have copied it" }).click();
  await page.getByRole("link", { name: "the key before" }).click();
  await expect(page.getByText(/^in (1 hour|\d+ minutes)$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Rotate the key" })).toHaveCount(0);

  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(page.getByRole("dialog")).toContainText("every request with this key is refused");
  await page.getByRole("button", { name: "Keep" }).click();
  expect(await statusWith(request, key)).toBe(200);
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("Revoked", { exact: true })).toBeVisible();
  await expect.poll(() => statusWith(request, key)).toBe(401);
  expect(await statusWith(request, next)).toBe(200);
  await page.goto("/staff/api?show=ended");
  await expect(page.getByRole("row").filter({ hasText: key.slice(0, 9) })).toContainText("Revoked");
});

test("a request is found by its ID, by its key and by its status", async ({ page, request }) => {
  const team = await createTeam();
  await signIn(page, "Sasha Petrov");
  const name = `Requests ${team.reference}`;
  const key = await makeKey(page, name, team.reference);
  const headers = { authorization: `Bearer ${key}` };
  const answered = await request.get("/api/v1/connections?q=in-the-query", { headers });
  const refused = await request.get("/api/v1/connections/nothing", { headers });
  const id = refused.headers()["x-request-id"] ?? "";

  await page.goto("/staff/api/requests");
  await page.getByLabel("Request ID", { exact: true }).fill(id);
  await expect(async () => {
    await page.getByRole("button", { name: "Show" }).click();
    await expect(page.getByRole("list", { name: "Requests" }).getByRole("listitem")).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("list", { name: "Requests" })).toContainText("GET /api/v1/connections/nothing");
  await expect(page.getByRole("list", { name: "Requests" })).toContainText("not-found");

  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await page.getByLabel("Key").selectOption({ label: `${name} · ${key.slice(0, 9)}…` });
  await page.getByRole("button", { name: "Show" }).click();
  const list = page.getByRole("list", { name: "Requests" }).getByRole("listitem");
  await expect(list).toHaveCount(2);
  await expect(list.nth(1)).toContainText(answered.headers()["x-request-id"] ?? "");
  await expect(page.getByText("in-the-query")).toHaveCount(0);
  await page.getByLabel("Status").selectOption("Refused (4xx)");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(list).toHaveCount(1);

  await page.getByRole("link", { name }).click();
  await expect(page.getByText("3,000 requests in 60 seconds")).toBeVisible();
  await page.getByRole("link", { name: "Requests with this key" }).click();
  await expect(list).toHaveCount(2);
  await page.getByLabel("Request ID", { exact: true }).fill("no such request");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "No request matches" })).toBeVisible();
});

test("what cannot be made is told at its field", async ({ page }) => {
  const team = await createTeam();
  await signIn(page, "Sasha Petrov");
  await page.goto("/staff/api/new");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expectNoFault(page);
  await fillIn(page, "Nobody's", `${team.reference}-none`);
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "no customer with this reference" })).toBeVisible();
});

test("a key that issues credentials of every customer is made only once that was confirmed apart", async ({ page }) => {
  await signIn(page, "Sasha Petrov");
  await page.goto("/staff/api/new");
  await page.getByLabel("Name", { exact: true }).fill("For everyone");
  await page.getByRole("radio", { name: /All customers/ }).check();
  await page.getByRole("checkbox", { name: "credentials:issue" }).check();
  await expect(page.getByLabel("Expires").getByRole("option")).toHaveText([
    "after 7 days",
    "after 30 days",
    "after 90 days",
  ]);
  await page.getByLabel("Networks").fill("203.0.113.0/24, 2001:db8::/32");
  await page.getByRole("button", { name: "Make the key" }).click();
  const dialog = page.getByRole("dialog", { name: "Credentials of every customer?" });
  await expect(dialog.getByRole("button", { name: "Make the key" })).toBeDisabled();
  await expectNoFault(page);
  await dialog.getByRole("button", { name: "Go back" }).click();
  await expect(page.getByText(/^ck_/)).toHaveCount(0);
  await page.getByRole("button", { name: "Make the key" }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await shownKey(page);
  await page.getByRole("link", { name: "I have copied it" }).click();
  await expect(page.getByText("203.0.113.0/24, 2001:db8::/32")).toBeVisible();
  await expect(page.getByText("who confirmed that it reaches the accounts of all customers")).toBeVisible();

  await page.getByRole("button", { name: "Rotate the key" }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await shownKey(page);
});

test("support is told who can keep keys, and a customer finds no such page", async ({ page }) => {
  const team = await createTeam();
  await signIn(page, "Sam Okafor");
  await expect(page.getByRole("link", { name: "API", exact: true })).toHaveCount(0);
  for (const path of ["/staff/api", "/staff/api/new", "/staff/api/requests"]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { name: "Only security staff can open this" })).toBeVisible();
  }
  await expectNoFault(page);
  for (const path of ["/staff/api", "/staff/api/new", "/staff/api/requests"]) {
    await openAs(page, team.admin, "/");
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("a key is made by the keyboard alone", async ({ page }) => {
  const team = await createTeam();
  await signIn(page, "Sasha Petrov");
  await page.goto("/staff/api/new");
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("radio", { name: /One customer/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type(team.reference);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await shownKey(page);
});

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ viewport: look.viewport, colorScheme: look.colorScheme });

    test("the pages of the API have no accessibility fault and do not scroll sideways", async ({ page }) => {
      const team = await createTeam();
      await signIn(page, "Sasha Petrov");
      await makeKey(page, `A long name of a service ${team.reference}`, team.reference);
      await expectNoFault(page);
      await page.getByRole("link", { name: "I have copied it" }).click();
      await page.getByRole("button", { name: "Rotate the key" }).waitFor();
      await expectNoFault(page);
      await page.getByRole("button", { name: "Revoke the key" }).click();
      await expectNoFault(page);
      for (const path of ["/staff/api", "/staff/api?show=ended", "/staff/api/new", "/staff/api/requests"]) {
        await page.goto(path);
        await expectNoFault(page);
      }
    });
  });
}
