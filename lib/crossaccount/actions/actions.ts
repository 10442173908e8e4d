import { brotliDecompressSync } from "node:zlib";
import { type ActionTable, type KnownAction, readActionTable } from "./read-table";
import { packedTable } from "./table";

let table: ActionTable | undefined;

/** AWS's actions as of the day of the table; unpacked when it is first asked for. */
export function actionTable(): ActionTable {
  table ??= readActionTable(brotliDecompressSync(Buffer.from(packedTable, "base64")).toString());
  return table;
}

/** The actions of AWS that a pattern such as `ec2:Describe*` allows today. */
export function actionsMatching(pattern: string): readonly KnownAction[] {
  if (!/[*?]/.test(pattern)) return [knownAction(pattern) ?? []].flat();
  const [service = "", name = "*"] = pattern.toLowerCase().split(":");
  const { services, actionsOf } = actionTable();
  const escaped = name.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replace(/\*+/g, ".*").replaceAll("?", ".")}$`);
  return (pattern === "*" ? services : [service]).flatMap((one) =>
    [...actionsOf(one)].flatMap(([known, action]) => (expression.test(known) ? [action] : [])),
  );
}

/** The action of that name, in whatever case it is written. */
export function knownAction(name: string): KnownAction | undefined {
  const [service = "", call = ""] = name.toLowerCase().split(":");
  return actionTable().actionsOf(service).get(call);
}
