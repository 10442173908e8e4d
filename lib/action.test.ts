import { redirect } from "next/navigation";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { action } from "./action";
import { AppError } from "./errors";

const schema = z.strictObject({ customer: z.string().min(1, "Say whose."), count: z.int("Say how many.").optional() });

/** An action that notes what was done. */
function noted({ refuses, fails }: { refuses?: unknown; fails?: unknown } = {}) {
  const done: string[] = [];
  const call = action({
    schema,
    guard: async ({ customer }) => {
      done.push(`asked for ${customer}`);
      if (refuses) throw refuses;
      return { customer };
    },
    run: async (input, access) => {
      done.push(`ran ${input.count} for ${access.customer}`);
      if (fails) throw fails;
      return { made: input.count };
    },
  });
  return { call, done };
}

describe("an action", () => {
  test("asks the guard, then runs with what it said", async () => {
    const { call, done } = noted();
    expect(await call({ customer: "acme", count: 2 })).toEqual({ ok: true, data: { made: 2 } });
    expect(done).toEqual(["asked for acme", "ran 2 for acme"]);
  });

  test("runs nothing for whom the guard refuses", async () => {
    const { call, done } = noted({ refuses: new AppError("not-allowed", "Only admins can.") });
    expect(await call({ customer: "acme" })).toMatchObject({
      ok: false,
      code: "not-allowed",
      message: "Only admins can.",
    });
    expect(done).toEqual(["asked for acme"]);
  });

  test.each<[unknown, Record<string, string>]>([
    [
      { customer: "", count: 1.5 },
      { customer: "Say whose.", count: "Say how many." },
    ],
    [{ customer: "acme", more: true }, { form: expect.any(String) as string }],
    [null, { form: expect.any(String) as string }],
    [undefined, { form: expect.any(String) as string }],
  ])("with input %j asks nobody and says what is wrong where", async (input, fields) => {
    const { call, done } = noted();
    expect(await call(input as never)).toMatchObject({ ok: false, code: "invalid-input", fields });
    expect(done).toEqual([]);
  });

  test("says what is expected to fail, with its fields and when to try again", async () => {
    const fails = new AppError("rate-limited", "Too many.", { fields: { customer: "Again?" }, retryAfterSeconds: 7 });
    expect(await noted({ fails }).call({ customer: "acme" })).toEqual({
      ok: false,
      code: "rate-limited",
      message: "Too many.",
      fields: { customer: "Again?" },
      retryAfterSeconds: 7,
    });
  });

  test("masks a bug", async () => {
    const result = await noted({ fails: new Error("postgresql://admin:hunter2@db") }).call({ customer: "acme" });
    expect(result).toMatchObject({ ok: false, code: "internal" });
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });

  test("leaves a redirect to Next", async () => {
    const call = action({ schema, guard: async () => null, run: async () => redirect("/elsewhere") });
    await expect(call({ customer: "acme" })).rejects.toMatchObject({
      digest: expect.stringContaining("/elsewhere") as string,
    });
  });
});
