import { describe, expect, test } from "vitest";
import { type DatabaseFailure, databaseFailureOf } from "./database-failures";
import { Prisma } from "./generated/prisma/client";

const prismaError = (code: string, meta?: Record<string, unknown>) =>
  new Prisma.PrismaClientKnownRequestError("Prisma", { code, clientVersion: "7", meta });

describe("by Prisma's code", () => {
  test.each<[code: string, failure: DatabaseFailure | undefined]>([
    ...["P2002", "P2034"].map((code) => [code, "conflict"] as [string, DatabaseFailure]),
    ["P2025", "not-found"],
    ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"].map(
      (code) => [code, "unavailable"] as [string, DatabaseFailure],
    ),
    ["P2003", undefined],
    ["P2010", undefined],
  ])("%s is %s", (code, failure) => {
    expect(databaseFailureOf(prismaError(code))).toBe(failure);
  });
});

describe("by PostgreSQL's code", () => {
  test.each([
    ...["08000", "08006", "53100", "53300", "57P01", "57P02", "57P03", "57P05", "25006", "58000", "58030"].map(
      (code) => [code, "unavailable"] as const,
    ),
    // A unique value, a cancelled statement, a table that is not there: an answer, or a bug.
    ...["23505", "57014", "42P01"].map((code) => [code, undefined] as const),
  ])("%s is %s, of pg's own error or of what Prisma made of it", (code, failure) => {
    expect(databaseFailureOf(Object.assign(new Error("pg"), { code }))).toBe(failure);
    const cause = { originalCode: code };
    expect(databaseFailureOf(prismaError("P2010", { driverAdapterError: { cause } }))).toBe(failure);
  });
});

describe("by its words, where there is no code", () => {
  test.each([
    "timeout exceeded when trying to connect",
    "timeout expired",
    "Connection terminated",
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "Client has encountered a connection error and is not queryable",
    "Client was closed and is not queryable",
    "Query read timeout",
  ])("%s", (message) => {
    expect(databaseFailureOf(new Error(message))).toBe("unavailable");
    expect(databaseFailureOf(new Error(`${message}, said the application`))).toBeUndefined();
  });
});

describe("of the network", () => {
  test.each([
    ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "EAI_AGAIN", "ENOTFOUND"],
  ])("%s on the way to the database", (code) => {
    expect(databaseFailureOf(Object.assign(new Error("network"), { code, syscall: "connect" }))).toBe("unavailable");
  });

  test("a file that is missing is a bug, and so is what only has such a code", () => {
    expect(databaseFailureOf(Object.assign(new Error("file"), { code: "ENOENT", syscall: "open" }))).toBeUndefined();
    expect(databaseFailureOf(Object.assign(new Error("code"), { code: "ECONNRESET" }))).toBeUndefined();
    expect(databaseFailureOf("ECONNRESET")).toBeUndefined();
  });
});
