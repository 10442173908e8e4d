import { renderTemplate } from "@/lib/crossaccount";

/** A faulty environment or vendor configuration stops the start here, with one message, before anybody is served. */
try {
  const { config } = await import("@/lib/config");
  renderTemplate(config);
} catch (error) {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exit(1);
}
