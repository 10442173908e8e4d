import "server-only";
import { renderTemplate } from "./crossaccount";

/** Every fault of the environment and of the vendor's configuration at once, as one message; null when there is none. */
export async function configurationFaults(): Promise<string | null> {
  const read = await Promise.allSettled([import("./env"), import("@/crossaccount.config")]);
  const faults = read.flatMap((result) => (result.status === "rejected" ? [messageOf(result.reason)] : []));
  if (faults.length > 0) return faults.join("\n\n");
  try {
    const { config } = await import("./config");
    renderTemplate(config);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
