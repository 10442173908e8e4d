import "server-only";
import type { Database } from "@/lib/db";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { judgeCheckpoint, judgeEntry } from "./chain";
import { lockHead } from "./lock-head";
import type { AccessLogDependencies } from "./prisma-access-log";
import { signedTimes } from "./signed-times";
import { walkEntries } from "./walk-entries";

type Dependencies = Pick<AccessLogDependencies, "database" | "keys">;

/** Few enough that those who add entries, and wait for the table meanwhile, do not notice. */
const atOnce = 500;
const patience = { maxWait: 10_000, timeout: 60_000 };

/**
 * Puts the times right that an earlier version stored off by a time zone. Only what an entry's `mac` proves is changed, so
 * that nothing which someone else did to the log is covered up. Returns how many entries were mended.
 */
export async function mendTimes({ database, keys }: Dependencies): Promise<number> {
  let mended = 0;
  const times = signedTimes(keys);
  for (const head of await database.accessLogHead.findMany()) {
    const { connectionId } = head;
    let previous = { sequence: head.prunedThrough, mac: head.prunedMac };
    let found: AccessLogEntry[] = [];
    const flush = async () => {
      if (found.length > 0) await database.$transaction((transaction) => store(transaction, found), patience);
      mended += found.length;
      found = [];
    };
    for await (const entry of walkEntries(database, connectionId, { after: head.prunedThrough })) {
      const follows = entry.sequence === previous.sequence + 1;
      const signed =
        follows && judgeEntry(keys, entry, previous.mac) === "wrong" ? times.ofEntry(entry, previous.mac) : null;
      if (signed) found.push(signed.entry);
      if (found.length === atOnce) await flush();
      previous = entry;
    }
    await flush();
    if (judgeCheckpoint(keys, head) === "wrong" && times.ofHead(head)) await mendHead({ database, keys }, connectionId);
  }
  return mended;
}

async function mendHead({ database, keys }: Dependencies, connectionId: string): Promise<void> {
  await database.$transaction(async (transaction) => {
    const signed = await lockHead(transaction, keys, connectionId);
    if (signed) await transaction.accessLogHead.update({ where: { connectionId }, data: { at: signed.at } });
  }, patience);
}

/** The trigger that refuses changes is off for this transaction alone, and only the tables' owner can switch it off. */
async function store(transaction: Database, entries: readonly AccessLogEntry[]): Promise<void> {
  await transaction.$executeRaw`ALTER TABLE "AccessLogEntry" DISABLE TRIGGER access_log_entry_no_update`;
  for (const { id, at, expiresAt } of entries)
    await transaction.accessLogEntry.updateMany({ where: { id }, data: { at, expiresAt } });
  await transaction.$executeRaw`ALTER TABLE "AccessLogEntry" ENABLE TRIGGER access_log_entry_no_update`;
}
