import "server-only";
import { z } from "zod";
import { comparableEmail } from "./email";

const isList = (value: string) => /^\s*\[/.test(value);
const nameList = z.array(z.string().regex(/\S/));

/** A group is one exact name, commas and colons included, or a JSON list of such names. */
export const staffGroups = z
  .string()
  .refine(
    (value) => isList(value) || value.trim() === value,
    'must not begin or end with a space; write such a name in a JSON list, such as [" name "]',
  )
  .transform((value, context) => (isList(value) ? readList(value, context) : [value]));

/** E-mails may also have commas between them: an address holds one in quotation marks only, and those can be a JSON list. */
export const staffEmails = z
  .string()
  .transform((value, context) =>
    isList(value)
      ? readList(value, context)
      : value
          .split(",")
          .map((email) => email.trim())
          .filter(Boolean),
  )
  .refine(
    (emails) => emails.every((email) => comparableEmail(email.replace(/:(support|security)$/, ""))),
    "must be e-mail addresses: one, several with commas between them, or a JSON list",
  );

/** A slip in a list must not silently be someone else, or no one. */
function readList(value: string, context: z.RefinementCtx): string[] {
  try {
    return nameList.parse(JSON.parse(value));
  } catch {
    context.addIssue({
      code: "custom",
      message:
        'begins with [ but is not a JSON list of names; it must be written like ["one name", "another, with a comma"]',
    });
    return z.NEVER;
  }
}

const readers = {
  STAFF_EMAILS: staffEmails,
  STAFF_GROUP: staffGroups,
  STAFF_SECURITY_EMAILS: staffEmails,
  STAFF_SECURITY_GROUP: staffGroups,
};

/** What someone who wrote roles behind names, or commas between groups, must be told: both are part of the name. */
export function staffWarnings(source: Record<string, string | undefined>): string[] {
  return Object.entries(readers).flatMap(([variable, reader]) => {
    const value = source[variable] ?? "";
    const names = reader.safeParse(value).data ?? [];
    const kind = reader === staffEmails ? "EMAILS" : "GROUP";
    const warnings = [];
    if (names.some((name) => /:(support|security)$/.test(name)))
      warnings.push(
        `${variable} has a name that ends in :support or :security. It is taken as the exact name it is, ending included. Name who is staff in STAFF_${kind}, and who has the role security in STAFF_SECURITY_${kind}, without an ending.`,
      );
    if (kind === "GROUP" && !isList(value) && value.includes(","))
      warnings.push(
        `${variable} has a comma. It is taken as the name of one group. Name several groups as a JSON list, such as ["one", "another"]; if it is one group, a JSON list of one name ends this warning.`,
      );
    return warnings;
  });
}
