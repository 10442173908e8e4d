import "server-only";
import { z } from "zod";
import { redact } from "@/lib/log";
import { JOB_VERSION } from "./contracts";
import type { MisfitKind } from "./schema";

/** Why a job cannot be run, without anything that it holds. */
export interface Misfit {
  why: MisfitKind;
  detail: string;
}

const longestDetail = 200;
const versioned = z.looseObject({ version: z.int().positive() });

/** Whether a job is one that this version can run. Never throws, whatever the job holds. */
export function readJob<T>(contract: z.ZodType<T>, data: unknown): { job: T } | { misfit: Misfit } {
  const claimed = versioned.safeParse(data);
  if (claimed.success && claimed.data.version > JOB_VERSION)
    return { misfit: { why: "newer-version", detail: String(claimed.data.version) } };
  const parsed = contract.safeParse(data);
  if (parsed.success) return { job: parsed.data };
  return { misfit: { why: "wrong-shape", detail: faultsOf(parsed.error) } };
}

/** Names of fields come from the job too, so they are censored and cut like any text from elsewhere. */
function faultsOf({ issues }: z.ZodError): string {
  const faults = issues.map(({ path, message }) => [...path.map(String), message].join(": "));
  const text = redact(faults.join("; ")).replaceAll(/\p{C}/gu, " ");
  return text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text;
}
