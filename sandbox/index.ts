import { type AwsSandbox, type SandboxOptions, createSandbox as start } from "./server";

export type { LaunchedStack, LaunchRequest } from "./console/launch-stack";
export type { Controls } from "./control/controls";
export type { PublicBucketRequest } from "./control/public-bucket";
export type { FaultRule } from "./faults/rule";
export type { OrganizationSettings } from "./organization/settings";
export type { RegionSettings } from "./regions/settings";
export type { AwsSandbox, SandboxOptions } from "./server";
export type { TokenRequest } from "./web-identity/token";

/**
 * Starts an AWS on this machine, on a free port unless `port` says which.
 * @throws when the port is taken, or the state file is not one of a sandbox
 */
export const createSandbox: (options?: SandboxOptions) => Promise<AwsSandbox> = start;
