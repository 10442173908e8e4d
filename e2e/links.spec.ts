import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { UtcClient } from "@/lib/postgres";
import { builtAction } from "./access/built";
import { postAction } from "./access/post-action";
import { createStack, replaceTrust, trustOfVendor } from "./fixtures/aws";
import { launchUrl, linkedExternalId, linkedRoleName } from "./fixtures/launch-link";
import {
  expect,
  freshAccount,
  giveRole,
  keepForSecretSearch,
  launchStack,
  required,
  signIn,
  startConnection,
  test,
  untilVerified,
} from "./fixtures/portal";
import { createTeam, openAs, type Team } from "./fixtures/team";

const looks = [
  { name: "desktop, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** The admin of a customer of the test's own starts a connection. */
async function start(page: Page, name: string): Promise<{ team: Team; id: string }> {
  const team = await createTeam();
  await openAs(page, team.admin, team.home);
  return { team, id: await startConnection(page, name) };
}

/** The same, and hands it over. */
async function handOver(page: Page, name: string): Promise<{ team: Team; id: string; link: string }> {
  const { team, id } = await start(page, name);
  await page.getByText("I do not have access to AWS").click();
  await page.getByRole("button", { name: "Make a hand-off link" }).click();
  return { team, id, link: await shownLink(page) };
}

async function shownLink(page: Page): Promise<string> {
  const link =
    (
      await page
        .getByText(/\/link#/)
        .first()
        .textContent()
    )?.trim() ?? "";
  await keepForSecretSearch(new URL(link).hash.slice(1));
  return link;
}

const grouped = (accountId: string) => accountId.replace(/(\d{4})(?=\d)/g, "$1-");

/** A browser in which nobody is signed in. */
async function stranger(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  return (await browser.newContext({ ...options, baseURL: required("E2E_BASE_URL") })).newPage();
}

async function bringRole(admin: Page, account: string): Promise<void> {
  await admin.getByLabel("AWS account ID").fill(account);
  await admin.getByRole("button", { name: "Find the role" }).click();
}

async function examine(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual(
    [],
  );
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use({ viewport: look.viewport, colorScheme: look.colorScheme });

    test("an AWS admin without a login creates the role, and it counts once an admin confirmed the account", async ({
      page,
      browser,
    }) => {
      test.slow();
      const account = freshAccount();
      const { team, id, link } = await handOver(page, `Handed over ${account}`);
      await examine(page);

      const admin = await stranger(browser, look);
      const addresses: string[] = [];
      const referrers: string[] = [];
      admin.context().on("request", (request) => {
        addresses.push(request.url());
        referrers.push(request.headers().referer ?? "");
      });
      await admin.goto(link);
      await expect(
        admin.getByText(new RegExp(`${team.admin.name} .* of .* asks you to create the role`)),
      ).toBeVisible();
      await expect(admin.getByRole("heading", { name: /^What .* may do$/ })).toBeVisible();
      await examine(admin);
      expect(new URL(admin.url()).hash).toBe("");

      await launchStack(admin, account);
      await admin.bringToFront();
      await bringRole(admin, account);
      await expect(admin.getByText(/The role works\. .* now confirms the account/)).toBeVisible();
      await examine(admin);

      await page.goto(`${team.home}/${id}`);
      await expect(page.getByText("Unfinished", { exact: true }).first()).toBeVisible();
      await expect(page.getByText(grouped(account)).first()).toBeVisible();
      await expect(page.getByText(`through the hand-off link that ${team.admin.name} made`)).toBeVisible();
      await examine(page);
      await page.getByRole("button", { name: "Yes, confirm this account" }).click();
      await expect(page.getByText(/Its role still has the setup permissions/)).toBeVisible();
      await expect(page.getByRole("heading", { name: "The role is verified" })).toBeVisible();

      await expect(admin.getByText(/confirmed the account/)).toBeVisible();
      await admin.reload();
      await expect(admin.getByText("The role is verified")).toBeVisible();
      await expect(admin.getByRole("link", { name: "Open AWS CloudFormation" })).toHaveCount(0);
      await examine(admin);

      const token = new URL(link).hash.slice(1);
      expect(addresses.filter((address) => new URL(address).origin === new URL(link).origin).length).toBeGreaterThan(3);
      for (const text of [...addresses.map((address) => address.split("#")[0]), ...referrers])
        expect(text).not.toContain(token);
      await page.reload();
      await expect(page.getByRole("list", { name: "Links" })).toContainText(
        new RegExp(`Hand-off · made by ${team.admin.name}.*Opened.*used`, "s"),
      );
    });

    test("a repair link opens at what is broken, and follows it to green", async ({ page, browser }) => {
      test.slow();
      const account = freshAccount();
      const { team, id } = await start(page, `Broken ${account}`);
      const address = await launchUrl(page);
      await createStack(account, address);
      const role = linkedRoleName(address);
      await giveRole(page, `arn:aws:iam::${account}:role/Nimbus/${role}`);
      await untilVerified(page);
      await replaceTrust(account, role, trustOfVendor());
      await page.goto(`${team.home}/${id}`);
      await page.getByRole("button", { name: "Verify again" }).click();
      await expect(page.getByRole("heading", { name: "Blocked: this role is not safe to use" }).first()).toBeVisible();

      await page.getByRole("button", { name: "Make a repair link" }).click();
      const link = await shownLink(page);
      const admin = await stranger(browser, look);
      await admin.goto(link);
      await expect(admin.getByRole("heading", { name: "Blocked: this role is not safe to use" })).toBeVisible();
      await examine(admin);
      const condition = { StringEquals: { "sts:ExternalId": linkedExternalId(address) } };
      await replaceTrust(account, role, trustOfVendor(condition));
      await admin.getByRole("button", { name: "I repaired it — verify now" }).click();
      await expect(admin.getByText("The connection is repaired")).toBeVisible();
      await examine(admin);
      await page.reload();
      await expect(page.getByText(/Its role still has the setup permissions/)).toBeVisible();
      await expect(page.getByRole("list", { name: "Links" })).toContainText("Done");
    });
  });
}

test("an account that the admin did not mean stops at the confirmation, and its link with it", async ({
  page,
  browser,
}) => {
  const [mine, theirs] = [freshAccount(), freshAccount()];
  const { team, id, link } = await handOver(page, `Substituted ${mine}`);
  const address = await launchUrl(page);
  await createStack(theirs, address);
  const attacker = await stranger(browser);
  await attacker.goto(link);
  await bringRole(attacker, theirs);
  await expect(attacker.getByText(/now confirms the account/)).toBeVisible();

  await page.goto(`${team.home}/${id}/setup`);
  await expect(page.getByText("Is this your AWS account?")).toBeVisible();
  await page.goto(team.home);
  await expect(page.getByText("A link brought this account: is it yours?")).toBeVisible();
  await page.getByRole("link", { name: `Confirm Substituted ${mine}` }).click();
  await page.getByRole("button", { name: "No, it is not ours" }).click();
  await page.getByRole("button", { name: "Reject this account" }).click();
  await expect(page.getByText("Is this your AWS account?")).toHaveCount(0);
  await expect(page.getByText("Not known yet").first()).toBeVisible();
  for (const digits of [theirs, grouped(theirs)]) await expect(page.getByText(digits)).toHaveCount(0);
  await attacker.reload();
  await expect(attacker.getByText(/This link was revoked/)).toBeVisible();
});

test("two browsers with one link see the same, and one account wins", async ({ page, browser }) => {
  const account = freshAccount();
  const { link } = await handOver(page, `Two browsers ${account}`);
  await createStack(account, await launchUrl(page));
  const [one, other] = [await stranger(browser), await stranger(browser)];
  await one.goto(link);
  await other.goto(link);
  await expect(other.getByLabel("AWS account ID")).toBeVisible();
  await Promise.all([bringRole(one, account), bringRole(other, account)]);
  for (const admin of [one, other]) await expect(admin.getByText(/now confirms the account/)).toBeVisible();
});

test("a link opens for whoever holds it, whoever is signed in, and makes them no member", async ({ page, browser }) => {
  const { team, id, link } = await handOver(page, `Elsewhere ${freshAccount()}`);
  const bo = await (await browser.newContext()).newPage();
  await signIn(bo, "Bo Lindqvist");
  await bo.goto(link);
  await expect(bo.getByRole("link", { name: "Open AWS CloudFormation" })).toBeVisible();
  expect((await bo.goto(`${team.home}/${id}`))?.status()).toBe(404);

  const viewer = await (await browser.newContext()).newPage();
  await openAs(viewer, team.viewer, `${team.home}/${id}`);
  await expect(viewer.getByRole("list", { name: "Links" })).toContainText("Open");
  await expect(viewer.getByRole("button", { name: /link/i })).toHaveCount(0);
});

test("a guessed, a cut and a revoked link say what to do, and nothing of the connection", async ({ page, browser }) => {
  const name = `Secret name ${freshAccount()}`;
  const { team, id, link } = await handOver(page, name);
  const admin = await stranger(browser);
  const guess = link.replace(/#./, (start) => (start === "#A" ? "#B" : "#A"));
  await admin.goto(guess);
  await expect(admin.getByText(/We do not know this link/)).toBeVisible();
  await examine(admin);
  await admin.goto("about:blank");
  await admin.goto(link.slice(0, -1));
  await expect(admin.getByRole("heading", { name: "This link is not complete" })).toBeVisible();

  await admin.goto("about:blank");
  await admin.goto(link);
  await expect(admin.getByText(name)).toBeVisible();
  await page.goto(`${team.home}/${id}`);
  await page.getByRole("button", { name: "Revoke this link" }).click();
  // The page that is open notices by itself.
  await expect(admin.getByText(/This link was revoked/)).toBeVisible();
  await expect(admin.getByText(name)).toHaveCount(0);
});

test("a forged Host changes no link's address", async ({ page }) => {
  const { team, id: connectionId } = await start(page, `Forged host ${freshAccount()}`);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const made = await postAction(builtAction("lib/links/actions.ts", "createLink"), {
    path: `${team.home}/${connectionId}`,
    caller: { cookie },
    input: { customer: team.reference, connectionId, purpose: "setup" },
    headers: { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https", origin: "https://evil.test" },
  });
  if (made.verdict === "allowed") expect((made.data as { url: string }).url).toContain(required("E2E_BASE_URL"));
  expect(made.body).not.toContain("evil.test");
});

test("staff make a link from a connection's page, and the one who uses it is told of the vendor alone", async ({
  page,
  browser,
}) => {
  const { team, id } = await start(page, `Helped ${freshAccount()}`);
  const sam = await (await browser.newContext()).newPage();
  await signIn(sam, "Sam Okafor");
  await sam.goto(`/staff/connections/${id}`);
  await sam.getByRole("button", { name: "Make a hand-off link" }).click();
  const link = await shownLink(sam);
  await expect(sam.getByRole("list", { name: "Links" })).toContainText("made by Sam Okafor");
  const admin = await stranger(browser);
  await admin.goto(link);
  await expect(admin.getByText(/, for .*, asks you to create the role/)).toBeVisible();
  await expect(admin.getByText("Sam Okafor")).toHaveCount(0);
  await page.goto(`${team.home}/${id}`);
  await expect(page.getByRole("list", { name: "Links" })).toContainText(/made by .* staff/);
});

test("a hand-off can be done by keyboard alone", async ({ page, browser }) => {
  const account = freshAccount();
  const { link } = await handOver(page, `By keyboard ${account}`);
  await createStack(account, await launchUrl(page));
  const admin = await stranger(browser);
  await admin.goto(link);
  await expect(admin.getByLabel("AWS account ID")).toBeVisible();
  for (let presses = 0; presses < 20; presses += 1) {
    await admin.keyboard.press("Tab");
    if (await admin.getByLabel("AWS account ID").evaluate((field) => field === document.activeElement)) break;
  }
  await admin.keyboard.type(account);
  await admin.keyboard.press("Enter");
  await expect(admin.getByText(/now confirms the account/)).toBeVisible();
});

test("every use of a link is in the activity log, told of the link, and no token is kept", async ({
  page,
  browser,
}) => {
  const account = freshAccount();
  const { id, link } = await handOver(page, `Logged ${account}`);
  await createStack(account, await launchUrl(page));
  const admin = await stranger(browser);
  await admin.goto(link);
  await bringRole(admin, account);
  await expect(admin.getByText(/now confirms the account/)).toBeVisible();
  const database = new UtcClient({ connectionString: required("E2E_DATABASE_URL") });
  await database.connect();
  const { rows } = await database.query<{ action: string }>(
    `SELECT "action" FROM "ActivityLogEntry" WHERE "connectionId" = $1 AND "actorType" = 'link' ORDER BY "at"`,
    [id],
  );
  await database.end();
  expect(rows.map(({ action }) => action)).toEqual(["link.opened", "connection.role-found", "verification.started"]);
});
