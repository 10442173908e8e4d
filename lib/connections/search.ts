import "server-only";
import { z } from "zod";
import { CrossAccountError } from "@/lib/crossaccount";
import { roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { comparableEmail } from "@/lib/email";
import { Prisma } from "@/lib/generated/prisma/client";

/**
 * What connections a text may mean, each a condition of its own on the table `c`, so that PostgreSQL finds the first of each by an
 * index: a part of their name or their customer's, the first digits of an AWS account ID, a role's ARN, a connection's ID, a
 * member's whole e-mail address.
 */
export function meaningsOf(search = ""): Prisma.Sql[] {
  // PostgreSQL takes no NUL in a text.
  const text = search.replaceAll("\0", "").trim();
  if (text === "") return [];
  const digits = text.replace(/[-\s]/g, "");
  return [
    Prisma.sql`(${contains("c.name", text)})`,
    Prisma.sql`c."customerId" IN (
      SELECT "id" FROM "Customer" customer WHERE ${contains("customer.name", text)} OR ${contains("customer.reference", text)})`,
    ...(/^\d{1,12}$/.test(digits) ? [accountBeginsWith(digits)] : []),
    ...memberWith(text),
    ...roleNamed(text),
    ...(z.uuid().safeParse(text).success ? [Prisma.sql`c."id" = ${text}::uuid`] : []),
  ];
}

/**
 * An index of trigrams finds any part of a name that has three letters or digits in a row, and fewer only where a word begins with
 * them: so that is where they are looked for.
 */
function contains(column: "c.name" | "customer.name" | "customer.reference", text: string): Prisma.Sql {
  const name = Prisma.raw(column.replace(/\w+$/, '"$&"'));
  const literal = text.replace(/[\\%_]/g, "\\$&");
  const isShort = text.length < 3 && /^[\p{L}\p{N}]+$/u.test(text);
  return isShort
    ? Prisma.sql`${name} ILIKE ANY(${[`${literal}%`, `% ${literal}%`, `%-${literal}%`]})`
    : Prisma.sql`${name} ILIKE ${`%${literal}%`}`;
}

/** All that begin so lie between two account IDs, since all have twelve digits. */
function accountBeginsWith(digits: string): Prisma.Sql {
  return Prisma.sql`c."accountId" BETWEEN ${digits.padEnd(12, "0")} AND ${digits.padEnd(12, "9")}`;
}

function memberWith(text: string): Prisma.Sql[] {
  const email = comparableEmail(text);
  if (email === null) return [];
  return [
    Prisma.sql`c."customerId" IN (
      SELECT "customerId" FROM "Membership" JOIN "User" ON "User"."id" = "userId" WHERE "User"."email" = ${email})`,
  ];
}

function roleNamed(text: string): Prisma.Sql[] {
  if (!text.startsWith("arn:")) return [];
  try {
    return [Prisma.sql`c."roleDigest" = ${roleDigest(digester, text)}`];
  } catch (error) {
    if (error instanceof CrossAccountError) return [];
    throw error;
  }
}
