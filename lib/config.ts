import "server-only";
import declared from "@/crossaccount.config";
import { type CrossAccountConfig, withOverrides } from "@/lib/crossaccount";
import { configOverrides } from "./config-overrides";
import { env } from "./env";

/** What the vendor declared, with what this deployment overrides, validated as a whole. */
export const config: CrossAccountConfig = withOverrides(declared, configOverrides(env));
