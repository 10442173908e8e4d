import type { RemedyWay } from "../types";

/** What the sandbox console makes of an address; its own reading of it, so that a page that it does not have is an error. */
export interface ConsoleRoute {
  page: string;
  templateUrl: string;
  stackName: string;
  stackId: string;
  roleName: string;
  parameters: ReadonlyMap<string, string>;
}

interface Console {
  /** Base address of the sandbox. */
  url: string;
  accountId: string;
  parseRoute: (hash: string) => ConsoleRoute;
}

/** Opens a printed page in the sandbox's console, enters what is to be entered, and presses the page's button. */
export async function followPage(way: RemedyWay, { url, accountId, parseRoute }: Console): Promise<unknown> {
  const address = new URL(way.value);
  const opened = await fetch(address);
  if (!opened.ok || !way.value.startsWith(`${url}/console/`)) throw new Error(`No page opens at ${way.value}`);
  const at = { account: accountId, region: address.searchParams.get("region") ?? "" };
  const route = parseRoute(address.hash);
  const read = (path: string, query: Record<string, string>) =>
    answer(fetch(`${url}/console/api/${path}?${new URLSearchParams({ ...at, ...query })}`));
  const send = (path: string, body: object) =>
    answer(
      fetch(`${url}/console/api/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...at, ...body }),
      }),
    );
  const { stackId, stackName, templateUrl, roleName } = route;
  const capabilities = ["CAPABILITY_NAMED_IAM"];
  switch (route.page) {
    case "create":
      return send("create", {
        stackName,
        templateURL: templateUrl,
        capabilities,
        parameters: Object.fromEntries(route.parameters),
      });
    case "update": {
      const { stack } = (await read("stack", { stackId })) as {
        stack: { Parameters: { ParameterKey: string; ParameterValue: string }[] };
      };
      const shown = Object.fromEntries(stack.Parameters.map((one) => [one.ParameterKey, one.ParameterValue]));
      if (way.enter && !Object.hasOwn(shown, way.enter.name))
        throw new Error(`The page has no field ${way.enter.name}`);
      const parameters = { ...shown, ...(way.enter && { [way.enter.name]: way.enter.value }) };
      return send("update", { stackId, templateURL: templateUrl, parameters, capabilities });
    }
    case "stack":
      return read("stack", { stackId });
    case "role":
      if (address.hash.endsWith("?section=revoke_sessions")) return send("revoke", { roleName });
      return way.enter ? send("trust", { roleName, trustPolicy: way.enter.value }) : read("role", { roleName });
    default:
      throw new Error(`The console has no page ${address.hash}`);
  }
}

async function answer(response: Promise<Response>): Promise<unknown> {
  const { ok, json } = await response.then(async (one) => ({
    ok: one.ok,
    json: (await one.json()) as { message?: string },
  }));
  if (!ok) throw new Error(json.message);
  return json;
}
