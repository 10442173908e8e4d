import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { writeLog } from "@/dev/testing/access-log";
import { createKeyRing, type KeyRing, keyRingOf } from "./key-ring";
import { accessLogDependencies } from "./services";
import { signHeadsAnew } from "./sign-anew";
import { verifyAccessLog } from "./verify-access-log";

const old = { id: "2025", key: randomBytes(32) };
const young = { id: "2026", key: randomBytes(32) };
const owner = { customerId: randomUUID(), connectionId: randomUUID() };
const findings = async (keys: KeyRing) => (await verifyAccessLog({ ...accessLogDependencies, keys })).findings;

test("a new key takes over in the middle of a chain, and one that is gone is named as missing", async () => {
  await writeLog(owner, 2, { keys: createKeyRing([old]) });
  await writeLog(owner, 2, { keys: createKeyRing([young, old]) });
  expect(await findings(createKeyRing([young, old]))).toEqual([]);
  expect(await findings(createKeyRing([young]))).toEqual([
    { kind: "key-missing", connectionId: null, keyId: "2025" },
    { kind: "key-missing", connectionId: owner.connectionId, from: 1, to: 2, keyId: "2025" },
  ]);
  await expect(writeLog(owner, 1, { keys: createKeyRing([old]) })).rejects.toThrow(/Put the key back/);
});

test("an old key can leave the ring once every head is signed anew, and nobody is kept waiting for it", async () => {
  const keys = createKeyRing([young, old]);
  const dependencies = { ...accessLogDependencies, keys };
  const idle = { customerId: randomUUID(), connectionId: randomUUID() };
  await writeLog(idle, 1, { keys: createKeyRing([old, young]) });
  await expect(writeLog(idle, 1, { keys: createKeyRing([young]) })).rejects.toThrow(/Put the key back/);
  await signHeadsAnew(dependencies);
  expect(await findings(keys)).toEqual([]);
  await writeLog(idle, 1, { keys: createKeyRing([young]) });
  const others = (await findings(createKeyRing([young]))).filter(
    ({ connectionId }) => connectionId === idle.connectionId,
  );
  expect(others).toEqual([{ kind: "key-missing", connectionId: idle.connectionId, from: 1, to: 1, keyId: "2025" }]);
});

test("where no key ring is set, AUTH_SECRET signs, and a replaced one is told from tampering", async () => {
  const before = keyRingOf({ encryptionKeys: [], authSecret: "a".repeat(32) });
  const after = keyRingOf({ encryptionKeys: [young], authSecret: "a".repeat(32) });
  const replaced = keyRingOf({ encryptionKeys: [], authSecret: "b".repeat(32) });
  const signature = before.sign(["anything"]);
  expect(after.judge(["anything"], signature)).toBe("right");
  expect(after.judge(["anything else"], signature)).toBe("wrong");
  expect(replaced.judge(["anything"], signature)).toBe("unknown-key");
  expect(JSON.stringify(signature)).not.toContain("aaaa");
});
