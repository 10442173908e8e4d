import "server-only";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { type Described, type Endpoint, type Handler, refuseKnown } from "./endpoint";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

export type RouteMethods = Record<Method, Handler & { described?: Described }>;

/** What a route file exports: its methods, and for the others an answer that says which there are. */
export function route(endpoints: Partial<Record<Method, Endpoint>>): RouteMethods {
  const allowed = methods.filter((method) => endpoints[method]).join(", ");
  const refuse = (request: Request) =>
    refuseKnown(request, new AppError("method-not-allowed", `${request.method} is not possible here; ${allowed} is.`), {
      allow: allowed,
    });
  const of = (method: Method): RouteMethods[Method] => {
    const endpoint = endpoints[method];
    return endpoint
      ? Object.assign(whilePublic(endpoint.handle), { described: endpoint.described })
      : whilePublic(refuse);
  };
  return { GET: of("GET"), POST: of("POST"), PUT: of("PUT"), PATCH: of("PATCH"), DELETE: of("DELETE") };
}

const notThere = whilePublic((request) => refuseKnown(request, notFound("address")));

/** What every address answers that is none. */
export const nowhere = { GET: notThere, POST: notThere, PUT: notThere, PATCH: notThere, DELETE: notThere };

/** While the operator hides the API, nothing is asked or told, not even whether a key is one. */
function whilePublic(handle: Handler): Handler {
  return async (request, context) => (env.PUBLIC_API ? handle(request, context) : new Response(null, { status: 404 }));
}
