import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { AccessLogHead, AccessLogRegister } from "@/lib/generated/prisma/client";
import { genesis, judgeCheckpoint, judgeRegister, signCheckpoint, signRegister } from "./chain";
import type { KeyRing } from "./key-ring";
import { signedTimes } from "./signed-times";
import { AccessLogTamperedError, mustBeOurs } from "./tampered";

/**
 * The connection's head, locked until the transaction ends: whoever adds or prunes does so one after another.
 * @throws AccessLogTamperedError
 */
export async function lockHead(
  transaction: Database,
  keys: KeyRing,
  connectionId: string,
): Promise<AccessLogHead | null> {
  const [head] = await transaction.$queryRaw<AccessLogHead[]>`
    SELECT * FROM "AccessLogHead" WHERE "connectionId" = ${connectionId}::uuid FOR UPDATE`;
  if (!head) return null;
  const judgement = judgeCheckpoint(keys, head);
  // Nothing follows from when a head was made, so one whose time is merely stored in another zone does not end credentials.
  const signed = judgement === "wrong" ? signedTimes(keys).ofHead(head) : head;
  if (!signed || judgement === "unknown-key") mustBeOurs("The head of this connection's access log", judgement);
  return signed;
}

/** The head of a connection, made and counted in the register when this is its first entry. @throws AccessLogTamperedError */
export async function lockOrMakeHead(
  transaction: Database,
  keys: KeyRing,
  owner: ConnectionScope,
  now: Date,
): Promise<AccessLogHead> {
  const known = await lockHead(transaction, keys, owner.connectionId);
  if (known) return known;
  const register = await lockRegister(transaction, keys);
  const madeMeanwhile = await lockHead(transaction, keys, owner.connectionId);
  if (madeMeanwhile) return madeMeanwhile;
  const ordinal = register.heads + 1;
  await transaction.accessLogRegister.update({ where: { id: 1 }, data: signRegister(keys, ordinal) });
  const beginning = { sequence: 0, mac: genesis, prunedThrough: 0, prunedMac: genesis };
  return transaction.accessLogHead.create({
    data: signCheckpoint(keys, { ...owner, ordinal, ...beginning, at: now }),
  });
}

async function lockRegister(transaction: Database, keys: KeyRing): Promise<AccessLogRegister> {
  const find = async () => {
    const rows = await transaction.$queryRaw<AccessLogRegister[]>`SELECT * FROM "AccessLogRegister" FOR UPDATE`;
    return rows[0];
  };
  const register = (await find()) ?? (await makeRegister(transaction, keys, find));
  mustBeOurs("The register of access logs", judgeRegister(keys, register));
  return register;
}

async function makeRegister(
  transaction: Database,
  keys: KeyRing,
  find: () => Promise<AccessLogRegister | undefined>,
): Promise<AccessLogRegister> {
  await transaction.accessLogRegister.createMany({ data: signRegister(keys, 0), skipDuplicates: true });
  const register = await find();
  const empty = register?.heads === 0 && (await transaction.accessLogHead.count()) > 0;
  if (!register || empty) throw new AccessLogTamperedError("The register of access logs was removed.");
  return register;
}
