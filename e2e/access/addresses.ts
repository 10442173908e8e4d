import { createRound, type World } from "./world";

/** What the variable parts of an address stand for: things of the first customer. */
export async function addressParameters(world: World): Promise<Record<string, string>> {
  return {
    customer: world.customer.reference,
    connectionId: world.proven.id,
    roundId: await createRound(world),
    apiKeyId: world.keys["key with too little scope"]?.id ?? "",
    "...nextauth": "csrf",
    id: world.proven.id,
    link: world.proven.id,
    assumption: world.proven.id,
    receipt: "setup",
    "...path": "nowhere",
    room: "connections",
  };
}

/** What a route must be asked, to answer at all. */
const queries: Record<string, string> = {
  "/c/[customer]/connections/[connectionId]/access-log/export": "?format=csv",
  "/c/[customer]/connections/new/permission-review": "?format=md",
  "/c/[customer]/connections/[connectionId]/permission-review": "?format=json",
  "/staff/access-log/export": "?format=csv",
};

export function pathOf(route: string, parameters: Record<string, string>): string {
  const path = route.replaceAll(/\[([^\]]+)\]/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`Say in e2e/access/addresses.ts what [${name}] of ${route} stands for`);
    return value;
  });
  return path + (queries[route] ?? "");
}
