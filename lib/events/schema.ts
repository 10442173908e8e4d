import { z } from "zod";
import { instant } from "@/lib/instant";
import { eventTypes } from "./types";

export const eventViewSchema = z
  .strictObject({
    id: z.uuid(),
    sequence: z.int(),
    type: z.enum(eventTypes),
    createdAt: instant,
    /** The vendor's own reference. */
    customer: z.string(),
    connectionId: z.uuid().nullable().describe("Null for what is of a customer as a whole"),
    data: z.record(z.string(), z.string()),
  })
  .describe("Something that happened, as the vendor's code is told of it.");

export type EventView = z.output<typeof eventViewSchema>;
