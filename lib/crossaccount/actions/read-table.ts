export type AccessLevel = "List" | "Read" | "Write" | "Tagging" | "Permissions management";

export interface ResourceType {
  /** Pattern of its ARNs, such as `arn:*:ec2:*:*:instance/*`. */
  readonly arn: string;
  /** Whether a condition may ask for its tags. */
  readonly hasTags: boolean;
}

/** An action as AWS's Service Authorization Reference describes it. */
export interface KnownAction {
  /** Such as `ec2:RunInstances`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** What it can be narrowed to; none where it can only be allowed on everything. */
  readonly resourceTypes: readonly ResourceType[];
  /** Whether AWS documents a tag of the resource as a condition of the action itself. */
  readonly takesResourceTag: boolean;
  /** Whether the request may carry tags that the resource then has. */
  readonly setsTags: boolean;
}

export interface ActionTable {
  /** Day of AWS's documents, such as `2026-09-26`. */
  readonly day: string;
  readonly services: readonly string[];
  /** Of one service, by their names in lower case, without the service. */
  readonly actionsOf: (service: string) => ReadonlyMap<string, KnownAction>;
}

const levels: Readonly<Record<string, AccessLevel>> = {
  L: "List",
  R: "Read",
  W: "Write",
  T: "Tagging",
  P: "Permissions management",
};

/**
 * Reads the text that `npm run iam-data` makes: the day, then for each service a line with the ARNs of its resource types (`~`
 * for its own prefix, `+` behind those with tags) and a line for each kind of action, begun with a space. A service is read when
 * it is asked for.
 */
export function readActionTable(text: string): ActionTable {
  const [head = "", ...blocks] = text.split(/\n(?! )/);
  const lines = new Map(blocks.map((block) => [block.slice(0, block.search(/[ \n]|$/)), block.split("\n")]));
  const read = new Map<string, ReadonlyMap<string, KnownAction>>();
  const actionsOf = (service: string): ReadonlyMap<string, KnownAction> => {
    const known = read.get(service);
    if (known) return known;
    const actions = readService(service, lines.get(service) ?? []);
    const byName = new Map(actions.map((action) => [action.name.slice(service.length + 1).toLowerCase(), action]));
    read.set(service, byName);
    return byName;
  };
  return { day: head, services: [...lines.keys()], actionsOf };
}

function readService(service: string, [head = "", ...kinds]: readonly string[]): KnownAction[] {
  const types = head
    .split(" ")
    .slice(1)
    .map((text): ResourceType => {
      const hasTags = text.endsWith("+");
      return { arn: (hasTags ? text.slice(0, -1) : text).replace(/^~/, `arn:*:${service}:*:*:`), hasTags };
    });
  return kinds.flatMap((line) => readKind(service, types, line));
}

function readKind(service: string, types: readonly ResourceType[], line: string): KnownAction[] {
  const [, kind = "", places = "", ...names] = line.split(" ");
  const level = levels[kind.charAt(0)];
  if (!level) throw new Error(`The table of actions has a line that is none: ${line.slice(0, 40)}`);
  const resourceTypes = places === "" ? [] : places.split(",").flatMap((place) => types[Number(place)] ?? []);
  const shared = { level, resourceTypes, takesResourceTag: kind.includes("t"), setsTags: kind.includes("s") };
  return names.map((name) => ({ name: `${service}:${name}`, ...shared }));
}
