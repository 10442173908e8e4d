import "server-only";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { type Branding, renderTemplate } from "@/lib/crossaccount";

/** Every fault of the environment and of the vendor's configuration at once, as one message; null when there is none. */
export async function configurationFaults(publicFolder = join(process.cwd(), "public")): Promise<string | null> {
  const read = await Promise.allSettled([import("./env"), import("@/crossaccount.config")]);
  const faults = read.flatMap((result) => (result.status === "rejected" ? [messageOf(result.reason)] : []));
  if (faults.length > 0) return faults.join("\n\n");
  try {
    const { config } = await import("./config");
    renderTemplate(config);
    return await missingLogo(config.branding, publicFolder);
  } catch (error) {
    return messageOf(error);
  }
}

/** A logo that is a file of ours is there, or every page would show a broken picture. */
export async function missingLogo(
  { logoUrl, logoWide, logoDark }: Pick<Branding, "logoUrl" | "logoWide" | "logoDark">,
  publicFolder: string,
): Promise<string | null> {
  for (const logo of [logoUrl, logoWide, logoDark]) {
    if (!logo?.startsWith("/")) continue;
    const isThere = await access(join(publicFolder, logo)).then(
      () => true,
      () => false,
    );
    if (!isThere)
      return `crossaccount.config.ts names the logo ${logo}, but there is no such file under public/. Put it there, or use an https address.`;
  }
  return null;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
