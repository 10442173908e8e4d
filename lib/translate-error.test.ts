import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { CrossAccountError } from "./crossaccount";
import { db } from "./db";
import { AppError } from "./errors";
import { translateError } from "./translate-error";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error("it worked")),
    (error: unknown) => translateError(error),
  );

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
