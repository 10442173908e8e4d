import "server-only";
import { judgeRegister, signCheckpoint, signRegister } from "./chain";
import { lockHead } from "./lock-head";
import type { AccessLogDependencies } from "./prisma-access-log";
import { mustBeOurs } from "./tampered";

/**
 * Signs every head, and the register, by the first key of the ring, so that older keys can leave it and entries can still be
 * added. Returns how many were signed. @throws AccessLogTamperedError
 */
export async function signHeadsAnew({ database, keys, clock, onCheckpoint }: AccessLogDependencies): Promise<number> {
  const { keyId } = keys.sign([]);
  const outdated = await database.accessLogHead.findMany({ where: { NOT: { keyId } }, select: { connectionId: true } });
  for (const { connectionId } of outdated) {
    const signed = await database.$transaction(async (transaction) => {
      const head = await lockHead(transaction, keys, connectionId);
      if (!head) return null;
      return transaction.accessLogHead.update({
        where: { connectionId },
        data: signCheckpoint(keys, { ...head, at: clock() }),
      });
    });
    if (signed) await onCheckpoint(signed);
  }
  await database.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "AccessLogRegister" FOR UPDATE`;
    const register = await transaction.accessLogRegister.findUnique({ where: { id: 1 } });
    if (!register) return;
    mustBeOurs("The register of access logs", judgeRegister(keys, register));
    await transaction.accessLogRegister.update({ where: { id: 1 }, data: signRegister(keys, register.heads) });
  });
  return outdated.length;
}
