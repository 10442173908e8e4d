import { globSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DescribedMethod } from "@/lib/api/document";
import type { Described } from "@/lib/api/endpoint";

/** Enough for the modules of routes to load. */
const environment = {
  NODE_ENV: "test",
  BASE_URL: "http://localhost:3000",
  DATABASE_URL: "postgresql://none@127.0.0.1:9/none",
  CROSSACCOUNT_AWS: "sandbox",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AUTH_SECRET: "-".repeat(32),
  ENCRYPTION_KEYS: `none:${Buffer.alloc(32).toString("base64")}`,
  OIDC_ISSUER: "http://127.0.0.1:9",
  OIDC_CLIENT_ID: "none",
  OIDC_CLIENT_SECRET: "none",
};

type RouteFile = Record<string, { described?: Described }>;

/** Every method of every route of the API, as its file defines it; nothing is asked of a database or of AWS. */
export async function describedMethods(): Promise<DescribedMethod[]> {
  Object.assign(process.env, environment);
  const files = globSync("app/api/{v1,integration,customer}/**/route.ts").sort();
  const routes = await Promise.all(
    files.map(async (file) => {
      const methods: RouteFile = await import(/* @vite-ignore */ resolve(file));
      return Object.keys(methods)
        .sort()
        .flatMap((method) => {
          const described = methods[method]?.described;
          return described ? [{ path: dirname(file).replace(/^app/, ""), method, described }] : [];
        });
    }),
  );
  return routes.flat();
}

/** `docs/openapi.json`, as it is to be. */
export async function openApiText(): Promise<string> {
  const methods = await describedMethods();
  const { openApiDocument } = await import("@/lib/api/document");
  return `${JSON.stringify(openApiDocument(methods), null, 2)}\n`;
}
