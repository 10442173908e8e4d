import type { Request } from "@playwright/test";
import { customers, expect, freshAccount, required, signIn, startConnection, test } from "./fixtures/portal";

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
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/setup\/launch$/);
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

test("pages run no script but the server's own, and nobody frames them", async ({ request }) => {
  const policyOf = async (asked: Record<string, string> = {}) => {
    const headers = (await request.get("/sign-in", { headers: asked })).headers();
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    const directives = (headers["content-security-policy"] ?? "").split("; ").map((text) => text.split(" "));
    return new Map(directives.map(([name = "", ...values]) => [name, values]));
  };
  const [first, second] = [await policyOf(), await policyOf({ "next-router-prefetch": "1" })];
  const nonce = (policy: typeof first) => policy.get("script-src")?.find((value) => value.startsWith("'nonce-"));
  expect(nonce(first)).toMatch(/^'nonce-[A-Za-z0-9+/=]{20,}'$/);
  expect(nonce(first)).not.toBe(nonce(second));
  expect(first.get("script-src")).not.toContain("'unsafe-inline'");
  expect(first.get("script-src")).not.toContain("'unsafe-eval'");
  for (const name of ["frame-ancestors", "object-src", "base-uri"]) expect(first.get(name), name).toEqual(["'none'"]);
});

test("another site cannot make a signed-in browser act", async ({ page }) => {
  await signIn(page, "Ana Ferreira");
  const ours = `Made by us ${freshAccount()}`;
  const theirs = `Made by another site ${freshAccount()}`;
  await startConnection(page, ours);
  await page.goto(`/c/${customers.acme}/connections`);
  await page.getByRole("link", { name: "Connect an AWS account" }).first().click();
  await page.getByLabel("Connection name").fill(theirs);
  const sent = new Promise<Request>((resolve) => {
    void page.route("**/connections/new?*", (route) => {
      if (route.request().method() !== "POST") return route.continue();
      resolve(route.request());
      return route.abort();
    });
  });
  await page.getByRole("button", { name: "Continue" }).click();
  const action = await sent;
  const send = async (origin: string) =>
    page.request.post(action.url(), {
      headers: { ...(await action.allHeaders()), origin },
      data: action.postDataBuffer() ?? "",
      maxRedirects: 0,
    });
  const made = async () => {
    await page.goto(`/c/${customers.acme}/connections`);
    await expect(page.getByRole("link", { name: ours, exact: true })).toBeVisible();
    return page.getByRole("link", { name: theirs, exact: true }).count();
  };

  expect((await send("https://evil.test")).ok()).toBe(false);
  expect(await made()).toBe(0);
  await send(new URL(action.url()).origin);
  expect(await made()).toBe(1);
});
