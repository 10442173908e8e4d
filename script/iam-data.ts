import { writeFile } from "node:fs/promises";
import { actionTable as known } from "../lib/crossaccount/actions/actions";
import { type ActionTable, readActionTable } from "../lib/crossaccount/actions/read-table";
import { actionTable, tableSource } from "./iam-data/action-table";

// Writes AWS's actions from the installed package into the library, and says which came and went.
const text = await actionTable();
const before = new Set(names(known()));
const after = names(readActionTable(text));
await writeFile("lib/crossaccount/actions/table.ts", tableSource(text));
for (const name of after) if (!before.delete(name)) console.log(`+ ${name}`);
for (const name of before) console.log(`- ${name}`);
console.log(`${after.length} actions of ${readActionTable(text).services.length} services`);

function names({ services, actionsOf }: ActionTable): string[] {
  return services.flatMap((service) => [...actionsOf(service).values()].map(({ name }) => name));
}
