import { writeFile } from "node:fs/promises";
import { openApiText } from "./documents/open-api";
import { portalApiText } from "./documents/portal-client";

/** `npm run openapi` writes what the API takes and answers, from the routes themselves, and the typed client of it. */
const text = await openApiText();
await writeFile("docs/openapi.json", text);
await writeFile("lib/crossaccount/portal/api.ts", portalApiText(JSON.parse(text)));
process.exit();
