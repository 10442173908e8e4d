import "server-only";
import type { Branding } from "@/lib/crossaccount";
import { config } from "./config";

/** How the vendor appears on every page. */
export const branding: Branding = config.branding;
