import { readFileSync } from "node:fs";

export const stylesheet = readFileSync(new URL("console.css", import.meta.url), "utf8");
