import { createStack } from "./fixtures/aws";
import { expectNoFault } from "./fixtures/examine";
import { launchUrl } from "./fixtures/launch-link";
import { customers, expect, freshAccount, signIn, startConnection, test, untilVerified } from "./fixtures/portal";

const looks = [
  { name: "desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ viewport: look.viewport, colorScheme: look.colorScheme });

    test("customer pages have no accessibility fault and do not scroll sideways", async ({ page }) => {
      await page.goto("/sign-in");
      await expectNoFault(page);
      await signIn(page, "Ana Ferreira");
      const id = await startConnection(page, `Accessible ${freshAccount()}`);
      const connection = `/c/${customers.acme}/connections/${id}`;
      for (const path of [
        `/c/${customers.acme}/connections`,
        `/c/${customers.acme}/people`,
        `/c/${customers.acme}/permissions`,
        connection,
        `${connection}/history`,
        "/integrate",
        "/nowhere",
      ]) {
        await page.goto(path);
        await expectNoFault(page);
      }
    });

    test("the wizard has no accessibility fault and does not scroll sideways before the stack is there", async ({
      page,
    }) => {
      await page.clock.install();
      await signIn(page, "Ana Ferreira");
      await page.goto(`/c/${customers.acme}/connections/new`);
      await expectNoFault(page);
      await page.goto(`/c/${customers.acme}/connections`);
      await startConnection(page, `Accessible wizard ${freshAccount()}`, { account: freshAccount() });
      await expectNoFault(page);
      await page.getByRole("link", { name: /^Review/ }).click();
      await page.waitForURL(/\/setup\/review$/);
      await expectNoFault(page);
      await page.goBack();
      await page.getByRole("link", { name: "I created the stack" }).click();
      await expect(page.getByText(/Looking for the role/)).toBeVisible();
      await page.clock.fastForward("01:01");
      await expect(page.getByText("Look at these in the AWS console:")).toBeVisible();
      await expectNoFault(page);
      await page.clock.fastForward("01:01");
      await expect(page.getByRole("button", { name: "Diagnose" })).toBeVisible();
      await expectNoFault(page);
    });

    test("the wizard has no accessibility fault and does not scroll sideways once the stack is there", async ({
      page,
    }) => {
      await signIn(page, "Ana Ferreira");
      const account = freshAccount();
      const id = await startConnection(page, `Accessible steps ${account}`, { account });
      await createStack(account, await launchUrl(page));
      await page.getByRole("link", { name: "I created the stack" }).click();
      await untilVerified(page);
      await expectNoFault(page);
      await page.goto(`/c/${customers.acme}/connections/${id}/setup/verify`);
      await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible();
      await expectNoFault(page);
    });

    test("staff pages have no accessibility fault and do not scroll sideways", async ({ page }) => {
      await signIn(page, "Sasha Petrov");
      for (const path of ["/staff", "/staff/audits"]) {
        await page.goto(path);
        await expectNoFault(page);
      }
    });
  });
}
