import { writeFile } from "node:fs/promises";
import { openApiText } from "./documents/open-api";

/** `npm run openapi` writes what the API takes and answers, from the routes themselves. */
await writeFile("docs/openapi.json", await openApiText());
process.exit();
