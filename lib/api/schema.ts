import { z } from "zod";
import { instant } from "@/lib/instant";

/** By the status: up to 399, up to 499, and from 500 on. */
export const requestOutcomes = ["answered", "refused", "failed"] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export const apiRequestViewSchema = z
  .strictObject({
    id: z.uuid().describe("As its answer's X-Request-Id"),
    at: instant,
    method: z.string(),
    path: z.string().describe("Without a query"),
    status: z.int(),
    milliseconds: z.int().describe("Until the answer was ready"),
    code: z.string().nullable().describe("Of the problem that was answered; null where there was none"),
    key: z
      .strictObject({ id: z.uuid(), name: z.string().nullable().describe("Null once the key is gone") })
      .nullable()
      .describe("Null where no valid key was sent"),
  })
  .describe("A request of the API and how it was answered.");
export type ApiRequestView = z.output<typeof apiRequestViewSchema>;

export const apiRequestPageSchema = z
  .strictObject({
    rows: z.array(apiRequestViewSchema),
    nextCursor: z.string().nullable().describe("Where older ones begin; null at the end"),
  })
  .describe("Requests of the API, newest first.");
export type ApiRequestPage = z.output<typeof apiRequestPageSchema>;

export const keyUseSchema = z
  .strictObject({
    limit: z.strictObject({ requests: z.int(), seconds: z.int() }).describe("Of a key, in each process of the portal"),
    lastWindow: z.int().describe("Requests in the last so many seconds, in all processes"),
    limitReachedAt: instant
      .nullable()
      .describe("When a request was last answered 429, for this bound or another; null where none is kept"),
  })
  .describe("How much a key is used, and what it may be at most.");
export type KeyUse = z.output<typeof keyUseSchema>;
