import { resolve } from "node:path";

/** Two routes and nothing else: what the API is measured against. */
export default {
  poweredByHeader: false,
  serverExternalPackages: ["pino", "pg"],
  turbopack: { root: resolve(import.meta.dirname, "../..") },
};
