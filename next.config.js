/** @type {import('next').NextConfig} */
const nextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // These load native code or files of their own and must not be bundled.
  serverExternalPackages: ["@aws-crypto/client-node", "pino", "pg", "rate-limiter-flexible"],
};

export default nextConfig;
