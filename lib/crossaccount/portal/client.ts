import { type PortalApi, portalApi } from "./api";
import { createTransport, type PortalClientOptions, slept } from "./transport";
import { createVerify, type Verify } from "./verify";

/** The API as methods, by what they are about, and `connections.verify`, which waits for the outcome. */
export type PortalClient = PortalApi & { connections: { verify: Verify } };

/**
 * A client of the portal's API. What fails rejects with a `PortalError`. Reads are sent again where that can help, and so are writes,
 * each with an Idempotency-Key of its own, so that none is done twice.
 * @throws CrossAccountError `config-invalid` for an address to which no key should be sent
 */
export function createPortalClient(options: PortalClientOptions): PortalClient {
  const api = portalApi(createTransport(options));
  const { clock = () => new Date(), sleep = slept } = options;
  return { ...api, connections: { ...api.connections, verify: createVerify(api, { clock, sleep }) } };
}
