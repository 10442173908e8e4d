import { z } from "zod";
import { instant } from "@/lib/instant";

/** Why a job cannot be run. */
export const misfitKinds = ["newer-version", "wrong-shape", "too-large"] as const;
export type MisfitKind = (typeof misfitKinds)[number];

const count = z.int().min(0);

export const setAsideGroupSchema = z
  .strictObject({
    queue: z.string(),
    why: z.enum(misfitKinds),
    detail: z.string().describe("The version, what is wrong with its fields, or its size; never what it holds"),
    jobs: count,
    firstAt: instant,
    lastAt: instant,
  })
  .describe("Jobs of one queue that were set aside for the same reason.");
export type SetAsideGroup = z.output<typeof setAsideGroupSchema>;

export const setAsideViewSchema = z
  .strictObject({
    jobs: count.describe("All that are kept"),
    groups: z.array(setAsideGroupSchema).describe("The latest, 20 at most"),
  })
  .describe("Jobs that this version could not run.");
export type SetAsideView = z.output<typeof setAsideViewSchema>;
