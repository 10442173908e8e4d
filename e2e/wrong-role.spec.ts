import { createRole, createStack, replaceTrust, trustOfVendor, updateStack } from "./fixtures/aws";
import { launchUrl, linkedExternalId, linkedRoleArn, linkedRoleName } from "./fixtures/launch-link";
import {
  customers,
  expect,
  freshAccount,
  giveRole,
  signIn,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";

test.beforeEach(async ({ page }) => {
  await signIn(page, "Ana Ferreira");
});

test("an external ID edited in the console is diagnosed, then repaired and green", async ({ page }) => {
  const account = freshAccount();
  await startConnection(page, `Edited ${account}`);
  const address = await launchUrl(page);
  const right = linkedExternalId(address);
  const edited = right.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await createStack(account, address, { ExternalId: edited });
  await giveRole(page, linkedRoleArn(address, account));
  await expect(page.getByText(/external ID .*(differ|different|edited|not the one)/i).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(/Likely|Possible/).first()).toBeVisible();

  await updateStack(account, address, { ExternalId: right });
  await page.getByRole("button", { name: "Verify again" }).click();
  await untilVerified(page);
});

for (const [kind, condition] of [
  ["lacks the external ID condition", undefined],
  ["has StringEqualsIfExists", "StringEqualsIfExists"],
  ['has StringLike "*"', "StringLike"],
] as const) {
  test(`a role whose trust policy ${kind} is insecure and gets no credentials`, async ({ page }) => {
    const account = freshAccount();
    const id = await startConnection(page, `Insecure ${account}`);
    const address = await launchUrl(page);
    const externalId = linkedExternalId(address);
    const value = condition === "StringLike" ? "*" : externalId;
    const arn = await createRole(account, "HandMade", condition && { [condition]: { "sts:ExternalId": value } });
    await giveRole(page, arn);
    await expect(page.getByRole("heading", { name: "This role is not safe to use" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Continue" })).toHaveCount(0);

    await page.goto(`/c/${customers.acme}/connections/${id}`);
    await expect(page.getByRole("heading", { name: "This role is not safe to use" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Verify again" })).toBeEnabled();
    await expect(page.getByText(/unsafe|not finished|Continue setup/)).toHaveCount(0);
  });
}

test("the trust policy that a finding gives repairs an insecure role as it is", async ({ page }) => {
  const account = freshAccount();
  const id = await startConnection(page, `Repaired ${account}`);
  const address = await launchUrl(page);
  await createStack(account, address);
  await giveRole(page, linkedRoleArn(address, account));
  await untilVerified(page);

  await page.goto(`/c/${customers.acme}/connections/${id}/setup/verify`);
  await replaceTrust(account, linkedRoleName(address), trustOfVendor());
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByRole("heading", { name: "This role is not safe to use" })).toBeVisible();
  const way = page
    .getByRole("list", { name: "Ways to repair it" })
    .first()
    .getByRole("listitem")
    .filter({ hasText: "In the console, edit the trust policy" });
  await way.getByText("In the console, edit the trust policy").click();
  const given = await way.locator("pre").textContent();
  await replaceTrust(account, linkedRoleName(address), JSON.parse(given ?? ""));
  await page.getByRole("button", { name: "Verify again" }).click();
  await untilVerified(page);
});

test("a stack that was not created yet is waited for, then explained", async ({ page }) => {
  const account = freshAccount();
  await startConnection(page, `Early ${account}`);
  const address = await launchUrl(page);
  await giveRole(page, linkedRoleArn(address, account));
  await expect(page.getByText(/Waiting/).first()).toBeVisible();
  await createStack(account, address);
  await untilVerified(page);
});

test("the ARN of another customer's role does not verify and says nothing of the other customer", async ({
  page,
  browser,
}) => {
  const account = freshAccount();
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "Bo Lindqvist");
  await startConnection(other, `Victim ${account}`);
  const address = await launchUrl(other);
  await createStack(account, address);
  const arn = linkedRoleArn(address, account);
  await giveRole(other, arn);
  await untilVerified(other);

  await startConnection(page, `Thief ${account}`);
  await giveRole(page, arn);
  await expect(page.getByRole("button", { name: "Verify again" })).toBeVisible({ timeout: 80_000 });
  await expect(page.getByText("Failed").first()).toBeVisible();
  await expect(page.getByText("Borealis")).toHaveCount(0);
});

test("setup permissions that were not dropped are noticed; dropped too early is no harm", async ({ page }) => {
  const account = freshAccount();
  const id = await startConnection(page, `Lingering ${account}`);
  const address = await launchUrl(page);
  await createStack(account, address);
  await giveRole(page, linkedRoleArn(address, account));
  await untilVerified(page);
  await page.getByRole("button", { name: "I updated the stack — check now" }).click();
  await expect(page.getByRole("heading", { name: "The role works, but a check failed" })).toBeVisible();
  await updateStack(account, address, { SetupPhase: "false" });
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("heading", { name: "The setup permissions are gone" })).toBeVisible();
  await page.goto(`/c/${customers.acme}/connections/${id}`);
  await expect(page.getByText("In use, with the ongoing permissions only.")).toBeVisible();

  const early = freshAccount();
  await page.goto(`/c/${customers.acme}/connections`);
  await startConnection(page, `Early drop ${early}`);
  const second = await launchUrl(page);
  await createStack(early, second, { SetupPhase: "false" });
  await giveRole(page, linkedRoleArn(second, early));
  await expect(page.getByRole("link", { name: "Done", exact: true })).toBeVisible();
});
