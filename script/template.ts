import { configOverrides } from "../lib/config-overrides";
import { configWarnings, renderTemplate, withOverrides } from "../lib/crossaccount/index";

try {
  const { default: config } = await import("../crossaccount.config");
  const deployed = withOverrides(config, configOverrides(process.env));
  for (const { path, message } of configWarnings(deployed)) console.error(`Warning: ${path}: ${message}`);
  process.stdout.write(renderTemplate(deployed));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
