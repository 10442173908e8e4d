import { defineConfig } from "prisma/config";

// DATABASE_URL is absent when only `prisma generate` runs.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
