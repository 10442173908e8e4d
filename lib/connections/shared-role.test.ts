import { beforeEach, describe, expect, test } from "vitest";
import {
  denyReadingItself,
  launchStack,
  member,
  newConnection,
  reload,
  roleArnIn,
  trustWith,
} from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { roleArnDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { latestVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { submitRole } from "./submit-role";

/** A customer whose account another customer is after. */
interface Party {
  access: CustomerAccess;
  connection: Connection;
}

let accounts = 300_000_000_000;
let account: string;
let victim: Party;
let attacker: Party;

beforeEach(async () => {
  account = String(++accounts);
  victim = await party("Victim's production");
  attacker = await party("Attacker's");
  await launchStack(victim.connection, account);
});

const taken = expect.stringContaining("Another connection already uses this role") as string;

async function party(name: string): Promise<Party> {
  const access = await member();
  return { access, connection: await newConnection(access, name) };
}

const victimsRole = () => roleArnIn(account, victim.connection);

function nameRole({ access, connection }: Party, roleArn = victimsRole()) {
  return submitRole(access, { connectionId: connection.id, roleArn });
}

async function verify({ access, connection }: Party) {
  const input = { connectionId: connection.id, expectSetup: "present" } as const;
  const { verificationId } = await startVerification(access, input, new Date());
  await runVerification(verificationId);
  const view = await latestVerification(access, connection.id);
  if (!view) throw new Error("there is no verification");
  return { ...view, check: (id: string) => view.checks.find((check) => check.id === id) };
}

async function connect(who: Party, roleArn?: string) {
  await nameRole(who, roleArn);
  return verify(who);
}

/** What anybody can do who may change the trust policy for a minute. */
async function trustIds(...parties: Party[]): Promise<void> {
  const ids = await Promise.all(parties.map(({ connection }) => readExternalId(connection)));
  await trustWith(victim.connection, account, { StringEquals: { "sts:ExternalId": ids } });
}

function credentials({ connection }: Party) {
  const { customerId, id: connectionId } = connection;
  return crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "attack" })();
}

describe("a role whose trust policy lists the external ID of another customer's connection too", () => {
  test("gives that customer no credentials, and makes both connections insecure", async () => {
    expect((await connect(victim)).connectionStatus).toBe("setup");
    await trustIds(victim, attacker);

    expect((await connect(attacker)).connectionStatus).toBe("insecure");
    await expect(credentials(attacker)).rejects.toMatchObject({ code: "connection-unusable" });
    const seen = await verify(victim);
    expect(seen.connectionStatus).toBe("insecure");
    expect(seen.check("trust-policy")).toMatchObject({
      status: "failed",
      cause: expect.stringContaining("external ID of another connection") as string,
    });
    await expect(credentials(victim)).rejects.toMatchObject({ code: "connection-unusable" });

    await trustIds(victim);
    expect((await verify(victim)).connectionStatus).toBe("setup");
  });

  test("gives none either when it may not read its own trust policy", async () => {
    await connect(victim);
    await trustIds(victim, attacker);
    await denyReadingItself(victim.connection, account);
    const seen = await connect(attacker);
    expect(seen).toMatchObject({ outcome: "failed", connectionStatus: "pending" });
    expect(seen.check("identity")).toMatchObject({ status: "failed", cause: taken });
    await expect(credentials(attacker)).rejects.toMatchObject({ code: "connection-unusable" });
  });

  test("tells that customer nothing of the first one, nor of the role", async () => {
    await connect(victim);
    await trustIds(victim, attacker);
    const { checks } = await connect(attacker);
    const told = JSON.stringify(checks);
    const { connection, access } = victim;
    for (const secret of [
      await readExternalId(connection),
      connection.id,
      connection.name,
      access.customer.name,
      access.customer.reference,
    ]) {
      expect(told).not.toContain(secret);
    }
    const shown = checks.filter(({ status }) => status === "passed").map(({ id }) => id);
    expect(shown).toEqual(["role-arn", "assume-role"]);
    expect((await reload(attacker.connection)).roleUniqueId).toBeNull();
  });

  test("is insecure in whichever of the two is verified first, however the IDs are written down", async () => {
    const [ours, theirs] = await Promise.all([victim, attacker].map((who) => readExternalId(who.connection)));
    for (const condition of [
      { StringLike: { "sts:ExternalId": [ours, theirs] } },
      { StringEqualsIgnoreCase: { "sts:ExternalId": [ours, theirs?.toUpperCase()] } },
      { StringEquals: { "STS:externalid": [theirs, ours] } },
    ]) {
      await trustWith(victim.connection, account, condition);
      expect((await connect(victim)).connectionStatus).toBe("insecure");
    }
  });

  test("that was disconnected is not known any more", async () => {
    await trustIds(victim, attacker);
    await db.connection.update({ where: { id: attacker.connection.id }, data: { status: "disconnected" } });
    const seen = await connect(victim);
    expect(seen.connectionStatus).toBe("setup");
    expect(seen.check("trust-policy")?.status).toBe("warning");
  });
});

test("a further external ID that nobody here was given is a finding, and no more", async () => {
  const ours = await readExternalId(victim.connection);
  const unknown = `${config.externalIdPrefix}-${"5".repeat(32)}`;
  await trustWith(victim.connection, account, { StringEquals: { "sts:ExternalId": [ours, unknown] } });
  const seen = await connect(victim);
  expect(seen.connectionStatus).toBe("setup");
  expect(seen.check("trust-policy")).toMatchObject({ status: "warning" });
  expect(JSON.stringify(seen.checks)).not.toContain(unknown);
});

describe("a role that somebody names whom it never let in", () => {
  const sees = async () => (await connect(victim)).connectionStatus;

  /** A connection that was proven with a role of its own in the victim's account, which companies share. */
  async function connectOwn(): Promise<void> {
    await launchStack(attacker.connection, account);
    expect((await connect(attacker, roleArnIn(account, attacker.connection))).connectionStatus).toBe("setup");
  }

  /** As a vendor's own code stores what a customer typed. */
  async function storeVictimsRole(): Promise<void> {
    const { customerId, id: connectionId } = attacker.connection;
    await crossAccount.storeCustomerCredentials({ customerId, connectionId, roleArn: victimsRole() });
  }

  test("is not theirs because their connection was proven with another role, which turned insecure", async () => {
    await connectOwn();
    await trustWith(attacker.connection, account);
    expect((await verify(attacker)).connectionStatus).toBe("insecure");
    await storeVictimsRole();
    expect(await sees()).toBe("setup");
    expect(await reload(attacker.connection)).toMatchObject({ provenAt: null, roleUniqueId: null });
    expect((await verify(attacker)).connectionStatus).toBe("pending");
  });

  test("is not theirs because their connection was proven with another role and is paused", async () => {
    await connectOwn();
    await db.connection.update({ where: { id: attacker.connection.id }, data: { status: "paused" } });
    await storeVictimsRole();
    expect(await sees()).toBe("setup");
    expect(await reload(attacker.connection)).toMatchObject({ status: "paused", provenAt: null });
  });

  test("is not theirs because an older version, which knows no owner, named and verified another one for them since", async () => {
    await nameRole(attacker);
    const { id, customerId } = attacker.connection;
    const own = roleArnIn(account, attacker.connection);
    await launchStack(attacker.connection, account);
    await db.connection.update({
      where: { id },
      data: {
        roleArnCiphertext: await seal(own, { customerId, connectionId: id }, "roleArn"),
        roleArnDigest: roleArnDigest(digester, customerId, own),
      },
    });
    expect((await verify(attacker)).connectionStatus).toBe("setup");
    expect(await sees()).toBe("setup");
  });
});

describe("a role that one customer verified", () => {
  /** The attacker alone is trusted at that moment, so nothing but whose role it is speaks against them. */
  async function handOver(): Promise<void> {
    await connect(victim);
    await trustIds(attacker);
  }

  test("is refused to every other customer", async () => {
    await handOver();
    const seen = await connect(attacker);
    expect(seen).toMatchObject({ outcome: "failed", connectionStatus: "pending" });
    expect(seen.check("identity")).toMatchObject({ status: "failed", cause: taken });
    await expect(credentials(attacker)).rejects.toMatchObject({ code: "connection-unusable" });
  });

  test("is free again once its connection was disconnected", async () => {
    await handOver();
    await db.connection.update({ where: { id: victim.connection.id }, data: { status: "disconnected" } });
    expect((await connect(attacker)).connectionStatus).toBe("setup");
    await expect(credentials(attacker)).resolves.toMatchObject({ accessKeyId: expect.any(String) as string });
  });

  test("is free when the first one only named it", async () => {
    await nameRole(victim);
    await trustIds(attacker);
    expect((await connect(attacker)).connectionStatus).toBe("setup");
    await trustIds(victim);
    expect((await verify(victim)).check("identity")).toMatchObject({ status: "failed", cause: taken });
  });

  test("belongs to one of two that were both found to have it at the same moment", async () => {
    await trustIds(victim, attacker);
    await denyReadingItself(victim.connection, account);
    const both = [victim, attacker];
    await Promise.all(both.map((who) => nameRole(who)));
    const client = meeting(both.length);
    await Promise.all(
      both.map(async ({ access, connection }) => {
        const input = { connectionId: connection.id, expectSetup: "present" } as const;
        const { verificationId } = await startVerification(access, input, new Date());
        await runVerification(verificationId, { client });
      }),
    );
    const rows = await Promise.all(both.map(({ connection }) => reload(connection)));
    expect(rows.filter(({ status, provenAt }) => status === "pending" && provenAt === null)).toHaveLength(1);
    const usable = await Promise.allSettled(both.map((who) => credentials(who)));
    expect(usable.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const views = await Promise.all(both.map(({ access, connection }) => latestVerification(access, connection.id)));
    expect(views.map((view) => view?.state).sort()).toEqual(["abandoned", "finished"]);
  });

  /** Holds each report back until as many are there: none of them knows of the others. */
  function meeting(expected: number): Pick<typeof crossAccount, "verifyIntegration"> {
    let open = () => {};
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    let arrived = 0;
    return {
      async verifyIntegration(input) {
        const report = await crossAccount.verifyIntegration(input);
        expect(report.outcome).toBe("proven");
        arrived += 1;
        if (arrived === expected) open();
        await all;
        return report;
      },
    };
  }

  test("does not keep another customer out of the account with a role of its own", async () => {
    await connect(victim);
    await launchStack(attacker.connection, account);
    expect((await connect(attacker, roleArnIn(account, attacker.connection))).connectionStatus).toBe("setup");
  });
});
