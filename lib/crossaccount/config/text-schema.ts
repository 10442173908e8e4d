import { z } from "zod";

// CloudFormation replaces these wherever they stand, even inside a plain string.
const dynamicReference = /\{\{\s*resolve:/i;
const dynamicReferenceFault =
  "must not hold {{resolve:…}}, which CloudFormation would replace with a value from the customer's account";

/** Text that becomes part of an IAM policy: tab, line breaks and U+0020 to U+00FF are all that IAM takes. */
export const policyText = z
  .string()
  .min(1, { error: "must not be empty", abort: true })
  .regex(/^[\t\n\r\u0020-\u00ff]*$/, {
    error: "holds characters that IAM does not take in a policy (only U+0020 to U+00FF)",
    abort: true,
  })
  .refine((text) => !dynamicReference.test(text), { error: dynamicReferenceFault, abort: true });

/** One line for people. */
export function displayText(maximum: number) {
  return z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(maximum, `must be ${maximum} characters or less`)
    .regex(/^\P{C}*$/u, "must be one line without control characters")
    .refine((text) => !dynamicReference.test(text), dynamicReferenceFault);
}
