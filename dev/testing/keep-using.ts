import { setTimeout as pause } from "node:timers/promises";
import { crossAccount } from "@/lib/crossaccount-client/client";

/**
 * A process that uses a connection again and again, as a vendor's worker does, and tells its parent whenever that begins to work or
 * is refused. Beside a refusal: when the last use that was allowed began and ended. What merely fails, as on a machine without a
 * moment to spare, is no refusal, and is tried again.
 */
const [customerId = "", connectionId = ""] = process.argv.slice(2);
const provider = crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "worker" });

let works: boolean | undefined;
let allowed = { began: 0, ended: 0 };
while (process.connected) {
  const began = Date.now();
  try {
    await provider();
    allowed = { began, ended: Date.now() };
    if (works !== true) process.send?.({ event: "works" });
    works = true;
  } catch (error) {
    const refused = (error as { code?: unknown }).code === "connection-unusable";
    if (refused && works !== false) process.send?.({ event: "refused", ...allowed });
    if (refused) works = false;
  }
  await pause(2);
}
