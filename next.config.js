import { randomUUID } from "node:crypto";
import { framePolicy } from "./lib/frame-policy.ts";

const version = randomUUID();

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: framePolicy.xFrameOptions },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
];

/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // So that a page which stays open over an upgrade learns of it: components/ui/pages-version.ts.
  generateBuildId: () => version,
  compiler: { define: { PAGES_VERSION: JSON.stringify(version) } },
  // No page has a picture to make smaller, so nobody may have the server work on pictures.
  images: { unoptimized: true },
  // As much as a server action reads; what is longer would only be kept in memory.
  experimental: { proxyClientMaxBodySize: "1mb", authInterrupts: true },
  // These load native code or files of their own and must not be bundled.
  serverExternalPackages: ["@aws-crypto/client-node", "pino", "pg"],
  headers: async () => [{ source: "/:path*", headers }],
};

export default nextConfig;
