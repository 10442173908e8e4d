import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createConnectionInput } from "./schema";

const parse = (name: string) =>
  createConnectionInput.safeParse({ customer: "acme", name, region: "us-east-1", requestId: randomUUID() });

test.each(["Production", "  50% <b>off</b> “Öl” ", "生产", "👩‍🚀 space"])("a connection can be named %j", (name) => {
  expect(parse(name).data?.name).toBe(name.trim());
});

test.each(["a\u0000b", "a\ud800b", "a\r\nSet-Cookie: b", "safe\u202eexe", "a\u2028b"])(
  "a connection cannot be named %j, which the database or a reader would stumble over",
  (name) => {
    expect(parse(name).error?.issues).toMatchObject([
      { path: ["name"], message: expect.stringMatching(/one line/) as string },
    ]);
  },
);

test.each([
  "\u200b",
  "\ufeff\u00ad",
  "\u200e \u200f",
  "\u3164",
  "\u2800\u2800",
  "\u115f \u1160",
  "\uffa0",
  "\u{1d159}",
  "\u{13441}\u{13442}",
])("a connection cannot be named %j, which nobody sees", (name) => {
  expect(parse(name).error?.issues).toMatchObject([
    { path: ["name"], message: expect.stringMatching(/can be seen/) as string },
  ]);
});
