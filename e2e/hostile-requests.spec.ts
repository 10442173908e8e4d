import { customers, expect, required, signIn, test } from "./fixtures/portal";

const form = { "content-type": "application/x-www-form-urlencoded" };

test("strangers can neither fill the memory nor write into the log by the sign-in routes", async ({ request }) => {
  const broken = await request.post("/api/auth/signin/oidc", {
    headers: { "content-type": "application/json" },
    data: Buffer.from("{"),
  });
  expect(broken.status()).toBe(415);
  const forged = await request.post("/api/auth/_log", { headers: form, data: "level=error&code=forged-by-a-stranger" });
  expect(forged.status()).toBe(404);
  const long = await request.post("/api/auth/signin/oidc", { headers: form, data: `csrfToken=${"a".repeat(200_000)}` });
  expect(long.status()).toBe(413);
});

test("signing in never ends at somebody else's address", async ({ page }) => {
  for (const wanted of ["//evil.test", "/\\evil.test", "https://evil.test/", "/.//evil.test"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(wanted)}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Ana Ferreira" }).click();
    await page.waitForURL(/\/connections$/);
    expect(new URL(page.url()).origin, wanted).toBe(new URL(required("E2E_BASE_URL")).origin);
  }
});

test("addresses that name nothing are not found, and do not fail", async ({ page }) => {
  await signIn(page, "Ana Ferreira");
  for (const customer of ["%25", "%2525E0", "..%2f..", `${customers.acme}%00`])
    for (const path of ["", "/verification", "/receipt", "/access-log/export?format=csv"]) {
      const address = `/c/${customer}/connections/00000000-0000-4000-8000-000000000000${path}`;
      expect((await page.request.get(address)).status(), address).toBe(404);
    }
  expect((await page.request.get("/_next/image?url=%2Ficon.png&w=64&q=75")).status()).toBe(404);
});

test("a search for what no text can hold finds nothing, and does not fail", async ({ page }) => {
  await signIn(page, "Sam Okafor");
  for (const query of ["search=no%00thing", `cursor=2026-01-01T00:00:00.000Z_${"-".repeat(36)}`]) {
    await page.goto(`/staff?${query}`);
    await expect(page.getByRole("heading", { name: "Connections" })).toBeVisible();
  }
});

test("text that a customer chose is text on every page that shows it", async ({ page, browser }) => {
  const hostile = `"><img src=x onerror="document.title='taken'"><script>1</script>`;
  await signIn(page, "Ana Ferreira");
  await page.getByRole("link", { name: "Connect an AWS account" }).first().click();
  await page.getByLabel("Connection name").fill(hostile);
  await page.getByRole("button", { name: "Create external ID" }).click();
  await page.waitForURL(/\/setup\/external-id$/);
  const [, id = ""] = /connections\/([0-9a-f-]{36})\//.exec(page.url()) ?? [];
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "Sam Okafor");
  await staff.goto(`/staff/connections/${id}`);
  await page.goto(`/c/${customers.acme}/connections/${id}`);
  for (const shown of [page, staff]) {
    await expect(shown.getByRole("heading", { name: hostile })).toBeVisible();
    await expect(shown.locator("img[onerror]")).toHaveCount(0);
    await expect(shown).not.toHaveTitle("taken");
  }
});
