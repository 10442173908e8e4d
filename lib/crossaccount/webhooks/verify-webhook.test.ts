import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { createWebhookVerifier } from "./verify-webhook";

const secret = newSecret();
const event = {
  id: "evt_1",
  sequence: 7,
  type: "connection.status_changed",
  created_at: "2026-11-26T12:00:00.000Z",
  customer: "acme",
  connection: "0197",
  data: { from: "setup", to: "active" },
};
const body = JSON.stringify(event);
const verifier = createWebhookVerifier({ secrets: [secret] });
const refused = expect.objectContaining({ code: "webhook-invalid" });

function newSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}

function signed(by = secret, text = body, at = new Date()) {
  return {
    "webhook-id": event.id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(by).sign(event.id, at, text),
  };
}

describe("a receiver of webhooks", () => {
  test.each([
    ["as fetch gives it", body, new Headers(signed())],
    ["as Node gives it", Buffer.from(body), signed()],
    [
      "with headers written otherwise",
      body,
      Object.fromEntries(Object.entries(signed()).map(([k, v]) => [k.toUpperCase(), v])),
    ],
    [
      "signed by an old and a new secret",
      body,
      {
        ...signed(),
        "webhook-signature": `${signed(newSecret())["webhook-signature"]} ${signed()["webhook-signature"]}`,
      },
    ],
  ])("takes a delivery %s", (_how, text, headers) => {
    expect(verifier.verify(text, headers)).toEqual(event);
  });

  test("takes either secret while one is rotated", () => {
    const fresh = newSecret();
    const both = createWebhookVerifier({ secrets: [fresh, secret] });
    expect([both.verify(body, signed()).id, both.verify(body, signed(fresh)).id]).toEqual([event.id, event.id]);
  });

  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  test.each([
    ["signed by another secret", body, signed(newSecret())],
    ["with a changed body", body.replace("active", "broken"), signed()],
    ["with another delivery's ID", body, { ...signed(), "webhook-id": "evt_2" }],
    ["replayed after six minutes", body, signed(secret, body, minutes(-6))],
    ["dated six minutes ahead", body, signed(secret, body, minutes(6))],
    ["dated anew", body, { ...signed(secret, body, minutes(-6)), "webhook-timestamp": signed()["webhook-timestamp"] }],
    ["without a signature", body, { ...signed(), "webhook-signature": "" }],
    [
      "with a signature of another version",
      body,
      { ...signed(), "webhook-signature": signed()["webhook-signature"].replace("v1,", "v2,") },
    ],
    ["with a time that is none", body, { ...signed(), "webhook-timestamp": "soon" }],
    ["without headers", body, {}],
    ["whose headers came twice", body, { ...signed(), "webhook-signature": [signed()["webhook-signature"]] }],
    ["that is no JSON", "{", signed(secret, "{")],
    ["that is no event", "[]", signed(secret, "[]")],
    ["that is null", "null", signed(secret, "null")],
    ["that is empty", "", signed(secret, "")],
  ])("refuses one %s", (_how, text, headers) => {
    expect(() => verifier.verify(text, headers)).toThrow(refused);
  });

  test("says that a parsed body cannot be verified", () => {
    expect(() => verifier.verify(event as unknown as string, signed())).toThrow(/as it came/);
  });

  test.each(["", "secret", "whsec_", "whsec_***"])("does not start with the secret %j", (text) => {
    expect(() => createWebhookVerifier({ secrets: [text] })).toThrow(
      expect.objectContaining({ code: "config-invalid" }),
    );
  });

  test("does not start without a secret", () => {
    expect(() => createWebhookVerifier({ secrets: [] })).toThrow(expect.objectContaining({ code: "config-invalid" }));
  });
});
