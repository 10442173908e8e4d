import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { CrossAccountError, type CrossAccountErrorCode, crossAccountErrors } from "@/lib/crossaccount";
import { connect, db } from "./db";
import { AppError, appErrors } from "./errors";
import { codeOfLibraryError, translateError } from "./translate-error";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error("it worked")),
    (error: unknown) => translateError(error),
  );

/** Statuses that say too little to a program by themselves; each other one belongs to one code. */
const told: Record<number, string[]> = {
  401: ["not-signed-in", "key-invalid"],
  403: ["address-not-allowed", "scope-missing", "not-allowed"],
  409: ["conflict", "idempotency-key-reused", "idempotency-key-in-use"],
};

test.each(Object.entries(appErrors))(
  "%s has a status and is described in one sentence",
  (code, { status, meaning }) => {
    expect(meaning).toMatch(/^[A-Z][^.]+\.$/);
    const sharing = Object.entries(appErrors).filter(([, other]) => other.status === status);
    expect(sharing.map(([name]) => name)).toEqual(told[status] ?? [code]);
    expect(status >= 500).toBe(code === "unavailable" || code === "internal");
  },
);

const libraryCodes = Object.keys(crossAccountErrors) as CrossAccountErrorCode[];

test.each(libraryCodes)("whether trying again helps is said alike of the library's %s and of ours", (code) => {
  const error = translateError(new CrossAccountError(code, "Why."));
  expect(error.code).toBe(codeOfLibraryError[code]);
  // What is masked says nothing of its cause.
  if (error.code === "internal") return expect(error.message).not.toContain("Why.");
  expect(error.message).toBe("Why.");
  expect(appErrors[error.code].tryAgain).toBe(crossAccountErrors[code].tryAgain);
});

test("our own errors stay as they are", () => {
  const error = new AppError("conflict", "Two at once.");
  expect(translateError(error)).toBe(error);
});

test("the library's errors keep their message and get our code", () => {
  const message = "AWS gave no answer. Try again in a moment.";
  const error = translateError(new CrossAccountError("aws-unavailable", message));
  expect(error).toMatchObject({ code: "unavailable", message });
});

test("a value that is taken is a conflict, a row that is gone is not found", async () => {
  const reference = randomUUID();
  await db.customer.create({ data: { reference, name: "Acme" } });
  const twice = db.customer.create({ data: { reference, name: "Acme again" } });
  expect(await failureOf(twice)).toMatchObject({ code: "conflict" });
  const gone = db.customer.update({ where: { id: randomUUID() }, data: { name: "Nobody" } });
  expect(await failureOf(gone)).toMatchObject({ code: "not-found" });
});

test("a database that takes connections and says nothing is unavailable, and no bug of ours", async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const connectionString = `postgresql://portal@127.0.0.1:${port}/portal`;
  // Of two who wait for the one connection, each hears something else.
  const database = connect({ connectionString, connectionTimeoutMillis: 50, max: 1 });
  const ask = () => failureOf(database.customer.count());
  for (const failure of await Promise.all([ask(), ask()]))
    expect(failure).toMatchObject({ code: "unavailable", retryAfterSeconds: 10 });
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test("a transaction that takes too long changed nothing, and may be tried again", async () => {
  const reference = randomUUID();
  const endless = db.$transaction(
    async (transaction) => {
      await transaction.customer.create({ data: { reference, name: "Acme" } });
      for (;;) await transaction.customer.count();
    },
    { timeout: 500 },
  );
  expect(await failureOf(endless)).toMatchObject({ code: "unavailable" });
  expect(await db.customer.findUnique({ where: { reference } })).toBeNull();
});

test("whatever else goes wrong is masked, secrets and all", () => {
  for (const bug of [
    new Error("postgresql://admin:hunter2@db/prod refused"),
    new CrossAccountError("decryption-failed", "A stored value could not be decrypted: hunter2"),
    new TypeError("cannot read hunter2"),
    "hunter2",
    undefined,
  ]) {
    const error = translateError(bug);
    expect(error.code).toBe("internal");
    expect(error.message).not.toContain("hunter2");
  }
});
