import "server-only";
import type { Database } from "@/lib/db";
import { judgeRegister } from "./chain";
import { addFinding, type LogFinding } from "./finding";
import type { KeyRing } from "./key-ring";
import { findUsedWithoutHead } from "./known-uses";

/** Whether every connection that ever had a log, or must have one, still has it, and which connections those are. */
export async function checkRegister(
  transaction: Database,
  keys: KeyRing,
): Promise<{ connectionIds: string[]; findings: LogFinding[] }> {
  const register = await transaction.accessLogRegister.findUnique({ where: { id: 1 } });
  const heads = await transaction.accessLogHead.findMany({
    select: { connectionId: true, ordinal: true },
    orderBy: { ordinal: "asc" },
  });
  const headless = await transaction.$queryRaw<{ connectionId: string }[]>`
    SELECT DISTINCT "connectionId" FROM "AccessLogEntry" AS entry
    WHERE NOT EXISTS (SELECT 1 FROM "AccessLogHead" AS head WHERE head."connectionId" = entry."connectionId")`;
  const used = await findUsedWithoutHead(transaction);
  const connectionIds = [...[...heads, ...headless].map(({ connectionId }) => connectionId), ...used];

  const findings: LogFinding[] = [];
  const judgement = register ? judgeRegister(keys, register) : connectionIds.length > 0 ? "wrong" : "right";
  if (judgement === "wrong") findings.push({ kind: "register-changed", connectionId: null });
  if (judgement === "unknown-key")
    findings.push({ kind: "key-missing", connectionId: null, keyId: register?.keyId ?? "" });

  const counted = judgement === "right" ? (register?.heads ?? 0) : 0;
  const last = heads.at(-1)?.ordinal ?? 0;
  let next = 1;
  // Gap by gap: how wide one is may be someone's forgery.
  for (const ordinal of [...heads.map((head) => head.ordinal), counted + 1]) {
    if (ordinal > next) addFinding(findings, { kind: "log-missing", connectionId: null, from: next, to: ordinal - 1 });
    next = Math.max(next, ordinal + 1);
  }
  if (judgement === "right" && last > counted) findings.push({ kind: "register-changed", connectionId: null });
  return { connectionIds, findings };
}
