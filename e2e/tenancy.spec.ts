import { customers, expect, freshAccount, signIn, startConnection, test } from "./fixtures/portal";

const pages = [
  "",
  "/setup",
  "/setup/review",
  "/setup/launch",
  "/setup/role",
  "/setup/verify",
  "/setup/drop-setup",
  "/verification",
];

test("a customer cannot see another's connection on any page, under either customer's address", async ({
  page,
  browser,
}) => {
  await signIn(page, "Bo Lindqvist");
  const id = await startConnection(page, `Private ${freshAccount()}`);

  const attacker = await (await browser.newContext()).newPage();
  await signIn(attacker, "Ana Ferreira");
  for (const customer of [customers.acme, customers.borealis])
    for (const path of pages) {
      const address = `/c/${customer}/connections/${id}${path}`;
      const answer = await attacker.goto(address);
      expect(answer?.status(), address).toBe(404);
      expect(await attacker.content()).not.toContain("Private");
    }
});

test("a customer cannot open staff pages, and support sees them without external IDs", async ({ page, browser }) => {
  await signIn(page, "Ana Ferreira");
  const id = await startConnection(page, `Seen by staff ${freshAccount()}`);
  for (const address of ["/staff", `/staff/connections/${id}`]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
  }
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "Sam Okafor");
  await staff.goto(`/staff/connections/${id}`);
  await expect(staff.getByRole("heading", { name: /Seen by staff/ })).toBeVisible();
  expect(await staff.content()).not.toMatch(/[a-z]+-[0-9a-f]{32}/);
});

test("a viewer sees connections and is offered no changes", async ({ page }) => {
  await signIn(page, "Vera Novak");
  await expect(page.getByRole("heading", { level: 1, name: "acme-robotics" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Connect an AWS account" })).toHaveCount(0);
});

test("nobody who is not signed in sees anything", async ({ page, request }) => {
  for (const address of ["/", `/c/${customers.acme}/connections`, "/staff"]) {
    await page.goto(address);
    await page.waitForURL(/\/sign-in/);
  }
  const answer = await request.get(
    `/c/${customers.acme}/connections/00000000-0000-4000-8000-000000000000/verification`,
    { maxRedirects: 0 },
  );
  expect([302, 303, 307, 401, 404]).toContain(answer.status());
});
