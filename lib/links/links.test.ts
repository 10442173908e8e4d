import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import {
  dropSetup,
  launchStack,
  member,
  newConnection,
  reload,
  roleArnIn,
  staffMember,
  trustWith,
} from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { submitRole } from "@/lib/connections/submit-role";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess, PersonalAccess } from "@/lib/tenancy/access";
import { tokenDigest } from "@/lib/tokens";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { confirmAccount, rejectAccount } from "./confirm-account";
import { createLink, createLinkForStaff } from "./create-link";
import { heldLink, openLink, openSetupLink } from "./link-access";
import { purgeLinks } from "./purge";
import { listLinks, listLinksForStaff, proposedAccount } from "./queries";
import { revokeLink, revokeLinkForStaff } from "./revoke-link";
import { linkProgress, showLink } from "./show-link";
import type { LinkPurpose } from "./state";
import { findRoleByLink, launchByLink, verifyByLink } from "./use-link";

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

let accounts = 810_000_000_000;
const freshAccount = () => String(++accounts);
const now = () => new Date();
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

async function make(access: CustomerAccess, connection: Connection, purpose: LinkPurpose = "setup") {
  const { url, linkId } = await createLink(access, { connectionId: connection.id, purpose }, now());
  return { linkId, url, token: new URL(url).hash.slice(1) };
}

async function scene() {
  const access = await member();
  const connection = await newConnection(access);
  return { access, connection, account: freshAccount(), ...(await make(access, connection)) };
}

/** What the hand-off page does once the stack is there. */
async function handOver(token: string, account: string) {
  const result = await findRoleByLink(await openSetupLink({ token }), account, now());
  if (result.found) await verify(token);
  return result;
}

async function verify(token: string) {
  const { verificationId } = await verifyByLink(await openLink({ token }), now());
  await runVerification(verificationId);
}

async function verifyAsAdmin(access: CustomerAccess, connectionId: string) {
  const { verificationId } = await startVerification(access, { connectionId, expectSetup: "present" }, now());
  await runVerification(verificationId);
}

/** Makes a stack in the account and has the link bring it, as far as it goes without an admin. */
async function proposed() {
  const all = await scene();
  await launchStack(all.connection, all.account);
  expect(await handOver(all.token, all.account)).toEqual({ found: true });
  return all;
}

const activityOf = async (linkId: string) => {
  const rows = await db.activityLogEntry.findMany({
    where: { actorType: "link", actorId: linkId },
    orderBy: { at: "asc" },
  });
  return rows.map(({ action }) => action);
};
const everything = async ({ id }: Connection) => [
  await db.connection.findMany({ where: { id } }),
  await db.verification.findMany({ where: { connectionId: id } }),
];

describe("a link", () => {
  test("has 256 random bits in the fragment of its address, of which the database has the digest alone", async () => {
    const { url, token, linkId, connection, access } = await scene();
    const { origin, pathname, search } = new URL(url);
    expect([origin, pathname, search]).toEqual([new URL(env.BASE_URL).origin, "/link", ""]);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(await db.link.findUniqueOrThrow({ where: { id: linkId } })).toMatchObject({
      tokenDigest: tokenDigest(token),
    });
    const { token: other } = await make(access, connection);
    expect(other).not.toBe(token);
    const stored = JSON.stringify([
      await db.link.findMany(),
      await db.activityLogEntry.findMany({ where: { customerId: access.customer.id } }),
    ]);
    expect(stored).not.toContain(token);
  });

  test("works for seven days, and tells its lists who made it and when it was opened and used", async () => {
    const { access, connection, token, linkId, account } = await scene();
    const staff = await staffMember();
    const { linkId: byStaff } = await createLinkForStaff(
      staff,
      { connectionId: connection.id, purpose: "setup" },
      now(),
    );
    const opened = now();
    await showLink(await heldLink({ token }), opened);
    await showLink(await heldLink({ token }), hours(1));
    await launchByLink(await openSetupLink({ token }), now());
    await handOver(token, account);

    const [newest, mine] = await listLinks(access, connection.id);
    expect(newest).toMatchObject({ id: byStaff, madeBy: { type: "staff", name: null }, openedAt: null, usedAt: null });
    expect(mine).toMatchObject({ id: linkId, state: "open", madeBy: { type: "customer", name: "Somebody" } });
    expect(mine).toMatchObject({ openedAt: opened, usedAt: expect.any(Date) as Date });
    expect((mine?.expiresAt.getTime() ?? 0) - (mine?.createdAt.getTime() ?? 0)).toBe(7 * 24 * 3_600_000);
    const seenByStaff = await listLinksForStaff(staff, connection.id);
    expect(seenByStaff.map(({ madeBy }) => madeBy.name)).toEqual(["Somebody", "Somebody"]);
    expect(await activityOf(linkId)).toEqual(["link.opened", "link.opened", "connection.launched"]);
  });

  test("shows who asks, the review and how to make the stack, and nothing of other connections", async () => {
    const { access, connection, token } = await scene();
    const other = await newConnection(access, "Something else");
    const page = await showLink(await heldLink({ token }), now());
    expect(page).toMatchObject({
      customerName: access.customer.name,
      asker: { name: "Somebody" },
      connectionName: "Production",
      progress: { reachedAt: null, accountIs: "unknown", roleNamed: false },
    });
    expect(page.todo?.review.permissions.length).toBeGreaterThan(0);
    expect(page.todo?.instructions?.launchUrl).toContain(encodeURIComponent(await readExternalId(connection)));
    const text = JSON.stringify(page);
    for (const secret of [other.id, "Something else", await readExternalId(other)]) expect(text).not.toContain(secret);
  });

  test("of staff says nothing of who of the vendor made it", async () => {
    const { connection } = await scene();
    const staff = await staffMember();
    const { url } = await createLinkForStaff(staff, { connectionId: connection.id, purpose: "setup" }, now());
    const page = await showLink(await heldLink({ token: new URL(url).hash.slice(1) }), now());
    expect(page.asker).toBeNull();
    expect(JSON.stringify(page)).not.toContain("sam@vendor.test");
  });

  test("is made for what a connection needs, and ten of them at most are open", async () => {
    const { access, connection, token, linkId } = await proposed();
    const attempt = (purpose: LinkPurpose) => createLink(access, { connectionId: connection.id, purpose }, now());
    for (const purpose of ["setup", "repair"] as const)
      await expect(attempt(purpose)).rejects.toMatchObject({ code: "conflict" });
    await expect(openLink({ token })).rejects.toMatchObject({ code: "conflict" });

    const fresh = await newConnection(access, "Many");
    for (let made = 0; made < 10; made += 1) await make(access, fresh);
    await expect(make(access, fresh)).rejects.toMatchObject({ code: "conflict" });
    await revokeLink(access, (await listLinks(access, fresh.id))[0]?.id ?? linkId, now());
    await make(access, fresh);
  });

  test("is purged once it expired before what is kept, and one that works is not", async () => {
    const { access, connection, linkId } = await scene();
    const { linkId: old } = await make(access, connection);
    await db.link.update({ where: { id: old }, data: { expiresAt: new Date("2020-01-01Z") } });
    expect(await purgeLinks(db, new Date("2020-01-02Z"))).toBe(1);
    expect((await listLinks(access, connection.id)).map(({ id }) => id)).toEqual([linkId]);
  });
});

describe("an attack", () => {
  const verbs = [heldLink, openLink, openSetupLink];
  const refused = async (token: string, code = "not-found") => {
    for (const verb of verbs) await expect(verb({ token })).rejects.toMatchObject({ code });
  };

  test("by guessing finds nothing, is slowed down, and holds up no link that exists", async () => {
    const { token, connection } = await scene();
    const before = await everything(connection);
    await refused(token.replace(/^./, (first) => (first === "A" ? "B" : "A")));
    await refused(tokenDigest(token).slice(0, 43));
    const codes = new Set<string>();
    for (let guess = 0; guess < 130; guess += 1)
      await heldLink({ token: randomUUID() }).catch(({ code }: { code: string }) => codes.add(code));
    expect(codes).toEqual(new Set(["not-found", "rate-limited"]));
    await heldLink({ token });
    expect(await everything(connection)).toEqual(before);
    await db.rateLimiterFlexible.deleteMany();
  });

  test("by using one link without end is slowed down, and other links go on", async () => {
    const [mine, other] = [await scene(), await scene()];
    await db.rateLimiterFlexible.create({
      data: { key: `use-link:${mine.linkId}`, points: 600, expire: hours(1) },
    });
    await refused(mine.token, "rate-limited");
    await heldLink({ token: other.token });
  });

  test("after revocation by the customer or by staff gets nothing, which is in the activity log", async () => {
    const [mine, other] = [await scene(), await scene()];
    await heldLink({ token: mine.token });
    await revokeLink(mine.access, mine.linkId, now());
    await revokeLinkForStaff(await staffMember(), other.linkId, now());
    for (const { token, linkId } of [mine, other]) {
      await refused(token);
      expect(await activityOf(linkId)).toEqual(["link.refused", "link.refused", "link.refused"]);
    }
    await expect(revokeLink(mine.access, mine.linkId, now())).rejects.toMatchObject({ code: "not-found" });
  });

  test("after expiry gets nothing, by the database's clock", async () => {
    const { token, linkId } = await scene();
    await expect(heldLink({ token }, hours(7 * 24 + 1))).rejects.toMatchObject({ code: "not-found" });
    await heldLink({ token }, hours(7 * 24 - 1));
    await db.link.update({ where: { id: linkId }, data: { expiresAt: hours(-0.01) } });
    await refused(token);
  });

  test("after its connection ended gets nothing", async () => {
    const { token, connection } = await scene();
    await db.connection.update({
      where: { id: connection.id },
      data: { status: "disconnected", disconnectedAt: now() },
    });
    await refused(token);
  });

  test("after its purpose changes nothing and sees the result alone", async () => {
    const { token, connection, account } = await proposed();
    await expect(openLink({ token })).rejects.toMatchObject({ code: "conflict" });
    await expect(openSetupLink({ token })).rejects.toMatchObject({ code: "conflict" });
    const page = await showLink(await heldLink({ token }), now());
    expect(page).toMatchObject({
      todo: null,
      progress: { accountId: account, accountIs: "proposed", verification: null },
    });
    expect(JSON.stringify(page)).not.toContain(await readExternalId(connection));
  });

  test("with a repair link sets nothing up", async () => {
    const { access, connection, account } = await proposed();
    await confirmAccount(access, { connectionId: connection.id, accountId: account }, now());
    await verifyAsAdmin(access, connection.id);
    await trustWith(connection, account);
    await verifyAsAdmin(access, connection.id);
    const { token } = await make(access, connection, "repair");
    await expect(openSetupLink({ token })).rejects.toMatchObject({ code: "not-found" });
  });

  test("from another customer's session, or a viewer's link list, reaches no link of this customer", async () => {
    const { access, connection, linkId } = await scene();
    const stranger = await member();
    const before = await everything(connection);
    const attempts = [
      () => createLink(stranger, { connectionId: connection.id, purpose: "setup" }, now()),
      () => revokeLink(stranger, linkId, now()),
      () => listLinks(stranger, connection.id),
      () => proposedAccount(stranger, connection.id),
      () => confirmAccount(stranger, { connectionId: connection.id, accountId: "111122223333" }, now()),
      () => rejectAccount(stranger, { connectionId: connection.id, accountId: "111122223333" }, now()),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
    expect(await everything(connection)).toEqual(before);
    expect((await listLinks(access, connection.id)).map(({ state }) => state)).toEqual(["open"]);
  });
});

describe("a role that a hand-off brought", () => {
  const confirm = (access: PersonalAccess, connection: Connection, accountId: string) =>
    confirmAccount(access, { connectionId: connection.id, accountId }, now());

  test("in an account that nobody named is only proposed, though it is in order, and gives no credentials", async () => {
    const { access, connection, account, linkId } = await proposed();
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null, accountId: account });
    const { customerId } = connection;
    const assume = () => crossAccount.assumeCustomerRole(customerId, { connectionId: connection.id, purpose: "try" })();
    await expect(assume()).rejects.toMatchObject({ code: "connection-unusable" });
    expect(await proposedAccount(access, connection.id)).toMatchObject({
      ...{ accountId: account, roleWorks: true },
      link: { madeBy: { type: "customer", name: "Somebody" } },
    });
    expect(await activityOf(linkId)).toEqual(["connection.role-found", "verification.started"]);
    // An admin's own verification confirms nothing either.
    await verifyAsAdmin(access, connection.id);
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null });
  });

  test("counts once an admin confirmed the account and it was verified again", async () => {
    const { access, connection, account, token } = await proposed();
    await confirm(access, connection, account);
    expect(await reload(connection)).toMatchObject({ status: "pending", accountProposedAt: null });
    expect((await linkProgress(await heldLink({ token }))).accountIs).toBe("confirmed");
    await verifyAsAdmin(access, connection.id);
    expect(await reload(connection)).toMatchObject({ status: "setup", accountId: account });
    expect(await proposedAccount(access, connection.id)).toBeNull();
    await expect(confirm(access, connection, account)).rejects.toMatchObject({ code: "conflict" });
  });

  test("in the account that an admin named before needs no confirmation", async () => {
    const { access, connection, account, token } = await scene();
    await db.connection.update({ where: { id: connection.id }, data: { accountId: account } });
    await launchStack(connection, account);
    await handOver(token, account);
    expect(await reload(connection)).toMatchObject({ status: "setup", accountProposedAt: null });
    expect(await proposedAccount(access, connection.id)).toBeNull();
  });

  test("in another account than was named is refused before AWS is asked", async () => {
    const { connection, account, token } = await scene();
    await db.connection.update({ where: { id: connection.id }, data: { accountId: account } });
    const substitute = freshAccount();
    await launchStack(connection, substitute);
    await expect(handOver(token, substitute)).rejects.toMatchObject({ code: "invalid-input" });
    expect(await reload(connection)).toMatchObject({ accountId: account, roleArnDigest: null });
    expect(await db.accessLogEntry.count({ where: { connectionId: connection.id } })).toBe(0);
  });

  test("that takes the place of the one that the admin looks at is not confirmed with it", async () => {
    const { access, connection, account, token } = await scene();
    const substitute = freshAccount();
    for (const accountId of [account, substitute]) await launchStack(connection, accountId);
    await trustWith(connection, account);
    await handOver(token, account);
    expect(await proposedAccount(access, connection.id)).toMatchObject({ accountId: account, roleWorks: false });
    await handOver(token, substitute);
    await expect(confirm(access, connection, account)).rejects.toMatchObject({ code: "conflict" });
    expect(await reload(connection)).toMatchObject({ status: "pending", accountConfirmedAt: null });
  });

  test("and was rejected leaves nothing behind but the log, and no link that works", async () => {
    const { access, connection, account, token } = await proposed();
    const { token: other } = await make(access, await newConnection(access, "Beside"));
    await rejectAccount(access, { connectionId: connection.id, accountId: account }, now());
    expect(await reload(connection)).toMatchObject({
      ...{ status: "pending", accountId: null, roleArnCiphertext: null, roleDigest: null, lastOutcome: null },
    });
    await expect(heldLink({ token })).rejects.toMatchObject({ code: "not-found" });
    await heldLink({ token: other });
    const again = await make(access, connection);
    const right = freshAccount();
    await launchStack(connection, right);
    await handOver(again.token, right);
    expect(await proposedAccount(access, connection.id)).toMatchObject({ accountId: right });
  });

  test("stays in its account once that was confirmed, whoever asks", async () => {
    const { access, connection, account } = await proposed();
    await confirm(access, connection, account);
    const elsewhere = freshAccount();
    await launchStack(connection, elsewhere);
    await expect(
      submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(elsewhere, connection) }),
    ).rejects.toMatchObject({ code: "conflict" });
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
    expect(await reload(connection)).toMatchObject({ accountId: account });
  });

  test("an admin may replace by naming another one, as long as nothing was confirmed", async () => {
    const { access, connection } = await proposed();
    const own = freshAccount();
    await launchStack(connection, own);
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(own, connection) });
    await verifyAsAdmin(access, connection.id);
    expect(await reload(connection)).toMatchObject({ status: "setup", accountId: own, accountProposedAt: null });
  });

  test("by two browsers at once is one role, verified once", async () => {
    const { connection, account, token } = await scene();
    await launchStack(connection, account);
    const held = await Promise.all([openSetupLink({ token }), openSetupLink({ token })]);
    await Promise.all(held.map((one) => findRoleByLink(one, account, now())));
    const runs = await Promise.all(held.map((one) => verifyByLink(one, now())));
    expect(new Set(runs.map(({ verificationId }) => verificationId)).size).toBe(1);
    expect(runs.filter(({ started }) => started)).toHaveLength(1);
    await runVerification(runs[0]?.verificationId ?? "");
    expect(await reload(connection)).toMatchObject({ status: "pending", accountId: account, lastOutcome: "proven" });
  });
});

describe("a repair link", () => {
  async function broken() {
    const all = await proposed();
    const { access, connection, account } = all;
    await confirmAccount(access, { connectionId: connection.id, accountId: account }, now());
    await dropSetup(connection, account);
    const condition = { StringEquals: { "sts:ExternalId": await readExternalId(connection) } };
    await verifyAsAdmin(access, connection.id);
    await trustWith(connection, account);
    await verifyAsAdmin(access, connection.id);
    expect((await reload(connection)).status).toBe("insecure");
    const repair = () => trustWith(connection, account, condition);
    return { access, connection, account, repair, ...(await make(access, connection, "repair")) };
  }

  test("opens at what is broken, follows it to green, and is done then, also when it breaks again", async () => {
    const { access, connection, account, repair, token, linkId } = await broken();
    const page = await showLink(await heldLink({ token }), now());
    expect(page.progress.verification).toMatchObject({ outcome: "insecure", connectionStatus: "insecure" });
    expect(page.todo?.instructions).toBeNull();
    await verify(token);
    expect((await reload(connection)).status).toBe("insecure");
    await repair();
    await verify(token);
    expect((await reload(connection)).status).toBe("active");
    expect((await linkProgress(await heldLink({ token }))).reachedAt).toBeInstanceOf(Date);
    expect(await activityOf(linkId)).toEqual(["link.opened", "verification.started", "verification.started"]);

    await trustWith(connection, account);
    await verifyAsAdmin(access, connection.id);
    await expect(openLink({ token })).rejects.toMatchObject({ code: "conflict" });
    expect((await listLinks(access, connection.id)).find(({ id }) => id === linkId)?.state).toBe("done");
  });
});
