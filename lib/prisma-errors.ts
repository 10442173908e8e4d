import "server-only";
import { Prisma } from "@/lib/generated/prisma/client";

/** Whether the database refused a write because a row like it is there already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
