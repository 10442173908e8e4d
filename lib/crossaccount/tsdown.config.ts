import { defineConfig } from "tsdown";

/** The package as npm gets it: one file for each face, over the same sources that the portal runs. */
export default defineConfig({
  entry: { index: "index.ts", status: "status.ts", "*": "faces/*.ts" },
  outDir: "dist",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  clean: true,
  tsconfig: "tsconfig.build.json",
});
