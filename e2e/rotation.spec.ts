import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { replaceTrust, trustOfVendor, updateStack } from "./fixtures/aws";
import { connected } from "./fixtures/connected";
import { expectNoFault } from "./fixtures/examine";
import { linkedExternalId, linkedRoleName } from "./fixtures/launch-link";
import { expect, keepForSecretSearch, test } from "./fixtures/portal";
import { createTeam, openAs } from "./fixtures/team";

const done = "The external ID was rotated";

const newExternalId = async (page: Page) =>
  (await page
    .locator("code")
    .filter({ hasText: /-[0-9a-f]{32}$/ })
    .first()
    .textContent()) ?? "";

/** Issues a new external ID from the connection's menu; gives it. */
async function begin(page: Page, address: string): Promise<string> {
  await page.goto(address);
  await page.getByRole("button", { name: "More for Production" }).click();
  await page.getByRole("link", { name: "Rotate external ID" }).click();
  await page.getByRole("button", { name: "Issue a new external ID" }).click();
  await expect(page.getByRole("heading", { name: "New external ID issued (done)" })).toBeVisible();
  const next = await newExternalId(page);
  await keepForSecretSearch(next);
  return next;
}

for (const [device, viewport] of [
  ["phone", { width: 390, height: 844 }],
  ["desktop", { width: 1280, height: 800 }],
] as const) {
  test(`an admin rotates an external ID on a ${device}, and the page follows it to its end`, async ({ page }) => {
    const { account, link, address } = await connected(page);
    await page.setViewportSize(viewport);
    await page.goto(`${address}/rotation`);
    await expect(page.getByRole("heading", { name: "Rotate the external ID" })).toBeVisible();
    await expectNoFault(page);
    const next = await begin(page, address);
    expect(next).not.toBe(linkedExternalId(link));
    await expect(page.getByText("Waiting until AWS accepts the new external ID")).toBeVisible();
    await expectNoFault(page);

    await page.getByRole("tab", { name: "AWS CLI" }).click();
    await expect(page.getByRole("tabpanel").locator("pre")).toContainText(next);
    await updateStack(account, link, { ExternalId: next });
    await expect(page.getByText(done)).toBeVisible({ timeout: 60_000 });
    await expectNoFault(page);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download the receipt" }).click();
    const receipt = await (await downloading).path();
    expect(JSON.parse(await readFile(receipt, "utf8"))).toMatchObject({
      result: "completed",
      aws: { account_id: account },
    });
    await page.goto(`${address}/history`);
    await expect(page.getByRole("link", { name: "Rotation of the external ID" })).toBeVisible();
    await expect(page.getByText("External ID rotated")).toBeVisible();
    await expect(page.getByText("New external ID issued")).toBeVisible();
    await expectNoFault(page);
  });
}

test("a rotation is told on the connection's first page, and goes on in another tab", async ({ page }) => {
  const { account, link, address } = await connected(page);
  const next = await begin(page, address);
  await page.goto(address);
  await page.getByRole("link", { name: "See what is left to do" }).click();
  await page.getByRole("tab", { name: "Change set" }).click();
  await expect(page.getByRole("tabpanel").locator("pre")).toContainText(next);
  const other = await page.context().newPage();
  await other.goto(`${address}/rotation`);
  await updateStack(account, link, { ExternalId: next });
  for (const tab of [page, other]) await expect(tab.getByText(done)).toBeVisible({ timeout: 60_000 });
});

test("both external IDs accepted is said, and retires neither until the old one is refused", async ({ page }) => {
  const { account, link, address } = await connected(page);
  const next = await begin(page, address);
  const trusts = (ids: string | string[]) =>
    replaceTrust(account, linkedRoleName(link), trustOfVendor({ StringEquals: { "sts:ExternalId": ids } }));
  await trusts([linkedExternalId(link), next]);
  await expect(page.getByText("AWS accepts both external IDs")).toBeVisible({ timeout: 60_000 });
  await expectNoFault(page);
  await trusts(next);
  await expect(page.getByText(done)).toBeVisible({ timeout: 85_000 });
});

test("an admin keeps the old external ID, unless the new one is in use", async ({ page }) => {
  const { account, link, address } = await connected(page);
  await begin(page, address);
  await page.getByRole("button", { name: "Keep the old one" }).click();
  await expect(page.getByRole("heading", { name: "Keep the old external ID?" })).toBeVisible();
  await expectNoFault(page);
  await page.getByRole("dialog").getByRole("button", { name: "Keep the old one" }).click();
  await expect(page.getByText("The old external ID was kept")).toBeVisible();

  await page.getByRole("button", { name: "Issue a new external ID" }).click();
  await page.getByRole("button", { name: "Keep the old one" }).click();
  const next = await newExternalId(page);
  await updateStack(account, link, { ExternalId: next });
  await page.getByRole("dialog").getByRole("button", { name: "Keep the old one" }).click();
  await expect(page.getByText(/AWS accepts the new external ID already|The external ID was rotated/)).toBeVisible();
  await page.goto(`${address}/rotation`);
  await expect(page.getByText(done)).toBeVisible({ timeout: 60_000 });
});

test("a paused connection's rotation waits, and goes on where it stopped once it is resumed", async ({ page }) => {
  const { account, link, address } = await connected(page);
  const next = await begin(page, address);
  await page.getByRole("button", { name: "More for Production" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByText("The rotation goes on once it is resumed.")).toBeVisible();
  await expectNoFault(page);
  await updateStack(account, link, { ExternalId: next });
  await page.goto(address);
  await expect(page.getByText("It goes on once the connection is resumed.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.goto(`${address}/rotation`);
  await expect(page.getByText(done)).toBeVisible({ timeout: 60_000 });
});

test("a viewer sees that it is rotated and may do nothing about it, and another team finds nothing", async ({
  page,
}) => {
  const { team, address } = await connected(page);
  await begin(page, address);
  await openAs(page, team.viewer, `${address}/rotation`);
  await expect(page.getByText("An admin of your team can update the stack.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep the old one" })).toHaveCount(0);
  await expectNoFault(page);
  const other = await createTeam();
  await openAs(page, other.admin, `${address}/rotation`);
  await expect(page.getByRole("heading", { name: "Rotate the external ID" })).toHaveCount(0);
});
