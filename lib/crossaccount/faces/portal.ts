/** `crossaccount/portal`: a typed client of the portal's REST API. */
export { CrossAccountError } from "../errors";
export type * from "../portal/api";
export type { ApiKey } from "../portal/api-key";
export { createPortalClient, type PortalClient } from "../portal/client";
export { type PortalConnections, portalConnections } from "../portal/connections";
export { PortalError, type PortalErrorCode } from "../portal/portal-error";
export type { PortalClientOptions } from "../portal/transport";
export type { CallOptions, Pages, WriteOptions } from "../portal/types";
export type { Verify, VerifyOptions } from "../portal/verify";
