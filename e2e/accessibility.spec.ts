import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { createStack } from "./fixtures/aws";
import { launchUrl } from "./fixtures/launch-link";
import { customers, expect, freshAccount, signIn, startConnection, test } from "./fixtures/portal";

const looks = [
  { name: "desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ viewport: look.viewport, colorScheme: look.colorScheme });

    test("customer pages have no accessibility fault and do not scroll sideways", async ({ page }) => {
      await page.goto("/sign-in");
      await examine(page);
      await signIn(page, "Ana Ferreira");
      const account = freshAccount();
      const id = await startConnection(page, `Accessible ${account}`);
      await createStack(account, await launchUrl(page));
      const connection = `/c/${customers.acme}/connections/${id}`;
      for (const path of [
        `/c/${customers.acme}/connections`,
        `/c/${customers.acme}/connections/new`,
        `/c/${customers.acme}/people`,
        `${connection}/setup/external-id`,
        `${connection}/setup/launch`,
        `${connection}/setup/role`,
        connection,
        `${connection}/history`,
        "/integrate",
        "/nowhere",
      ]) {
        await page.goto(path);
        await examine(page);
      }
      await page.goto(`${connection}/setup/role`);
      await page.getByLabel("AWS account ID").fill(account);
      await page.getByRole("button", { name: "Find the role" }).click();
      await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible();
      await examine(page);
      await page.goto(`${connection}/setup/drop-setup`);
      await examine(page);
    });

    test("staff pages have no accessibility fault and do not scroll sideways", async ({ page }) => {
      await signIn(page, "Sasha Petrov");
      for (const path of ["/staff", "/staff/audits"]) {
        await page.goto(path);
        await examine(page);
      }
    });
  });
}

async function examine(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(faults, page.url()).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(sideways, `${page.url()} scrolls sideways`).toBe(false);
}
