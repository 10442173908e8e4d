import { randomUUID } from "node:crypto";
import { once, purgeIdempotentRequests } from "@/lib/api/idempotency";
import { flushRequests, noteRequest, purgeRequests, seeRequest } from "@/lib/api/request-log";
import { noteUse } from "@/lib/api-keys/authenticate";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { db } from "@/lib/db";
import { longAgo } from "../neighbours";
import type { Writer } from "./writer";

const now = new Date();
const actor = { type: "system", id: "test" } as const;
const make = (customer?: string) =>
  createApiKey({ database: db, actor }, { name: "Test", scopes: ["connections:read"], customer, days: 1 }, now);
const readKey = (id: string) => db.apiKey.findUniqueOrThrow({ where: { id }, include: { customer: true } });
const request = (apiKeyId: string) => ({ apiKeyId, idempotencyKey: randomUUID(), text: "POST /" });
const done = () => Promise.resolve({ id: randomUUID() });

export const apiWriters: Record<string, Writer> = {
  "an API key that is made": {
    in: ["api-keys/create-api-key.ts"],
    writes: ["ActivityLogEntry", "ApiKey"],
    async stage({ owner }) {
      await make();
      return { own: [], adds: [owner.customer.id], act: () => make(owner.customer.reference) };
    },
  },
  "an API key that is revoked": {
    in: ["api-keys/revoke-api-key.ts"],
    writes: ["ActivityLogEntry", "ApiKey"],
    async stage({ owner }) {
      const [{ id }] = [await make(owner.customer.reference), await make(owner.customer.reference)];
      return { own: [id], act: () => revokeApiKey({ database: db, actor }, id, now) };
    },
  },
  "an API key that is rotated": {
    in: ["api-keys/rotate-api-key.ts"],
    writes: ["ActivityLogEntry", "ApiKey"],
    async stage({ owner }) {
      const [{ id }] = [await make(owner.customer.reference), await make(owner.customer.reference)];
      const wanted = { apiKeyId: id, days: 1, overlapHours: 1 };
      return { own: [id], act: () => rotateApiKey({ database: db, actor }, wanted, now) };
    },
  },
  "requests of the API that are noted": {
    in: ["api/request-log.ts"],
    writes: ["ApiRequest"],
    async stage() {
      const { id } = await make();
      const act = async () => {
        noteRequest(
          { ...seeRequest({ method: "GET", url: "http://x.test/" }), apiKeyId: id },
          { status: 200, code: null },
        );
        await flushRequests();
      };
      return { own: [], adds: [id], act };
    },
  },
  "requests of the API that are too old": {
    in: [],
    writes: ["ApiRequest"],
    async stage() {
      const { id } = await make();
      const noted = { method: "GET", path: "/", status: 200, milliseconds: 1 };
      await db.apiRequest.createMany({
        data: [
          { ...noted, id: randomUUID(), at: longAgo, apiKeyId: id },
          { ...noted, id: randomUUID(), at: now },
        ],
      });
      return { own: [id], act: () => purgeRequests(db, now) };
    },
  },
  "an API key that is used": {
    in: ["api-keys/authenticate.ts"],
    writes: ["ApiKey"],
    async stage() {
      const [{ id }] = [await make(), await make()];
      return { own: [id], act: async () => noteUse(await readKey(id), "192.0.2.1", now) };
    },
  },
  "a request with an idempotency key": {
    in: ["api/idempotency.ts"],
    writes: ["IdempotentRequest"],
    async stage() {
      const [own, other] = [await make(), await make()];
      await once(request(own.id), now, done);
      await once(request(other.id), now, done);
      return { own: [], adds: [own.id], act: () => once(request(own.id), now, done) };
    },
  },
  "requests with idempotency keys that are too old": {
    in: [],
    writes: ["IdempotentRequest"],
    async stage() {
      const [own, other] = [await make(), await make()];
      await once(request(own.id), longAgo, done);
      await once(request(other.id), now, done);
      return { own: [own.id], act: () => purgeIdempotentRequests(db, now) };
    },
  },
};
