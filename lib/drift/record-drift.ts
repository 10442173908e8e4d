import "server-only";
import { z } from "zod";
import { config } from "@/lib/config";
import { type ConnectionScope, type RolePicture, templateVersion, type VerificationReport } from "@/lib/crossaccount";
import { sealedJson } from "@/lib/crossaccount-client/seal";
import type { Database } from "@/lib/db";
import { emitEvents } from "@/lib/events/emit-events";
import { comparable, type Difference, differences, isBehind } from "./differences";

const document = z.object({ name: z.string(), document: z.string() });

const pictureSchema = z.object({
  roleId: z.string().optional(),
  trustPolicy: z.string().optional(),
  policies: z.array(document).optional(),
  boundary: document.nullable().optional(),
  maxSessionDuration: z.number().optional(),
  templateVersion: z.string().optional(),
});

const changeSchema = z.object({ before: z.string().nullable(), after: z.string().nullable() });

export type DriftChange = z.output<typeof changeSchema>;

const sealedPicture = sealedJson(pictureSchema, "checkDetail");
const sealedChange = sealedJson(changeSchema, "checkDetail");

/** A person verified the role and nothing was wrong with it: this is how it should look from now on. */
export async function keepPicture(
  transaction: Database,
  owner: ConnectionScope,
  { picture, checks, outcome }: VerificationReport,
  now: Date,
): Promise<void> {
  const faultless = outcome === "proven" && checks.every(({ status }) => status !== "failed");
  if (!picture || !faultless) return;
  const kept = { detailCiphertext: await sealedPicture.seal(picture, owner), takenAt: now, lastSeenAt: now };
  await transaction.rolePicture.upsert({ where: owner, create: { ...owner, ...kept }, update: kept });
  const lasts = isBehind(picture, templateVersion(config)) ? { kind: { not: "template-version" } } : {};
  await transaction.drift.updateMany({ where: { ...owner, endedAt: null, ...lasts }, data: { endedAt: now } });
}

/** Compares an audited role with its picture: notes what newly differs, and ends what does no more. */
export async function recordDrift(
  transaction: Database,
  owner: ConnectionScope,
  {
    picture,
    verificationId,
    startedAt,
    now,
  }: { picture: RolePicture; verificationId: string; startedAt: Date; now: Date },
): Promise<void> {
  const kept = await transaction.rolePicture.findUnique({ where: owner });
  // A person verified meanwhile, who saw the role later than this audit did.
  if (kept && kept.takenAt > startedAt) return;
  if (!kept) {
    const detailCiphertext = await sealedPicture.seal(picture, owner);
    await transaction.rolePicture.create({ data: { ...owner, detailCiphertext, takenAt: now, lastSeenAt: now } });
    return;
  }
  const before = await sealedPicture.unseal(kept.detailCiphertext, owner);
  const found = differences(before, picture, templateVersion(config));
  const lasting: string[] = [];
  for (const drift of await transaction.drift.findMany({ where: { ...owner, endedAt: null } })) {
    const known = await sealedChange.unseal(drift.detailCiphertext, owner);
    const current = found.find(({ kind }) => kind === drift.kind);
    if (current ? current.after === known.after : !comparable(before, picture).some((kind) => kind === drift.kind))
      lasting.push(drift.kind);
    else await transaction.drift.update({ where: { id: drift.id }, data: { endedAt: now } });
  }
  const fresh = found.filter(({ kind }) => !lasting.includes(kind));
  for (const difference of fresh) {
    await transaction.drift.create({
      data: {
        ...owner,
        kind: difference.kind,
        detailCiphertext: await sealedChange.seal(changeOf(difference), owner),
        notSeenAt: kept.lastSeenAt,
        firstSeenAt: now,
        verificationId,
      },
    });
  }
  await emitEvents(
    transaction,
    { ...owner, at: now },
    fresh.map(({ kind }) => ({ type: "connection.drift_found", data: { kind } })),
  );
  await transaction.rolePicture.update({ where: owner, data: { lastSeenAt: now } });
}

function changeOf({ before, after }: Difference): DriftChange {
  return { before, after };
}

/** @throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another connection */
export async function openChange(ciphertext: Uint8Array, owner: ConnectionScope): Promise<DriftChange> {
  return sealedChange.unseal(ciphertext, owner);
}
