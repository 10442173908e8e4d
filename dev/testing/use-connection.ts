import { crossAccount } from "@/lib/crossaccount-client/client";

/**
 * A second process that uses a connection without pause, as a vendor's worker does. It tells its parent when it has
 * credentials, and the code of the error that ends it.
 */
const [customerId = "", connectionId = ""] = process.argv.slice(2);
const provider = crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "worker" });

await provider();
process.send?.({ event: "working" });
for (;;) {
  try {
    await provider();
  } catch (error) {
    process.send?.({ event: "refused", code: (error as { code?: unknown }).code });
    break;
  }
  await new Promise((resolve) => setImmediate(resolve));
}
process.disconnect();
