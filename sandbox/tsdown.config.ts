import { defineConfig } from "tsdown";
import { clientScript } from "./console/client-script";
import { stylesheet } from "./console/stylesheet";

/** The package as npm gets it. The console's script and stylesheet, which development reads from their sources, are put into it. */
export default defineConfig({
  entry: ["index.ts", "main.ts"],
  outDir: "dist",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  clean: true,
  tsconfig: "tsconfig.build.json",
  plugins: [
    {
      name: "console-assets",
      async load(id: string) {
        if (id.endsWith("/console/stylesheet.ts")) return `export const stylesheet = ${JSON.stringify(stylesheet)};`;
        if (!id.endsWith("/console/client-script.ts")) return null;
        return `export const clientScript = async () => ${JSON.stringify(await clientScript())};`;
      },
    },
  ],
});
