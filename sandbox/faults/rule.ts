import { z } from "zod";

const count = z.int().min(1);
const milliseconds = z.int().min(0).max(600_000);

/** Which requests a rule is for; what is left out fits every request. */
const scope = {
  /** As signatures spell it: `sts`, `iam`, `kms`. */
  service: z.string().min(1).optional(),
  /** As the API names it: `AssumeRole`, `GetObject`. */
  operation: z.string().min(1).optional(),
  region: z.string().min(1).optional(),
  /** Account of the caller. */
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** How many requests are struck; then the rule is over. */
  count: count.optional(),
  /** Share of the fitting requests that are struck, drawn from `seed`, so that a test sees the same ones each time. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).optional(),
};

const faultRule = z.discriminatedUnion("kind", [
  /** Answers as ever, but later. */
  z.strictObject({ ...scope, kind: z.literal("latency"), ms: milliseconds }),
  /** Refuses as the service does that has had enough: everything, or what comes above `rate` requests a second. */
  z.strictObject({ ...scope, kind: z.literal("throttle"), rate: z.number().positive().optional() }),
  z.strictObject({ ...scope, kind: z.literal("outage"), status: z.literal([500, 503]).optional() }),
  /** Closes the connection instead of answering. */
  z.strictObject({ ...scope, kind: z.literal("drop") }),
  /** Says nothing for so long, then closes the connection. */
  z.strictObject({ ...scope, kind: z.literal("hang"), ms: milliseconds }),
  /** Answers 200 with what a captive portal or proxy might say. */
  z.strictObject({ ...scope, kind: z.literal("garbage") }),
  z.strictObject({
    ...scope,
    kind: z.literal("error"),
    code: z.string().min(1),
    message: z.string().optional(),
    status: z.int().min(400).max(599).optional(),
  }),
]);

export type FaultRule = z.infer<typeof faultRule>;

export const faultRules = z.array(faultRule).max(1000);
