import "server-only";
import { config } from "./config";
import type { Branding } from "./crossaccount";

/** How the vendor appears on every page. */
export const branding: Branding = config.branding;
