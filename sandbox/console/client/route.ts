export interface Route {
  page: "create" | "update" | "stack" | "stacks" | "role" | "unknown";
  templateUrl: string;
  stackName: string;
  stackId: string;
  roleName: string;
  /** Values that a quick-create link brings for parameters, by name. AWS's update page takes none, so neither does this one. */
  parameters: Map<string, string>;
}

const pages: Record<string, Route["page"]> = {
  "": "stacks",
  "/": "stacks",
  "/stacks": "stacks",
  "/stacks/": "stacks",
  "/stacks/create/review": "create",
  "/stacks/create": "create",
  "/stacks/quickcreate": "create",
  "/stacks/new": "create",
  "/stacks/update": "update",
  "/stacks/update/template": "update",
  "/stacks/stackinfo": "stack",
  "/stacks/events": "stack",
};

/** Reads what follows the `#` of a launch link. All of it comes from whoever made the link: it is text and nothing else. */
export function parseRoute(hash: string): Route {
  const [path = "", ...rest] = hash.replace(/^#/, "").split("?");
  const query = new URLSearchParams(rest.join("?"));
  const roleName = /^\/roles\/details\/([\w+=,.@%-]+)$/.exec(path)?.[1];
  const page = roleName ? "role" : Object.hasOwn(pages, path) ? (pages[path] ?? "unknown") : "unknown";
  const brought = page === "create" ? [...query] : [];
  return {
    page,
    templateUrl: query.get("templateURL") ?? query.get("templateUrl") ?? "",
    stackName: query.get("stackName") ?? "",
    stackId: query.get("stackId") ?? "",
    roleName: decoded(roleName ?? ""),
    parameters: new Map(
      brought.flatMap(([name, value]): [string, string][] =>
        name.startsWith("param_") ? [[name.slice("param_".length), value]] : [],
      ),
    ),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Account and Region that a stack's ARN names. */
export function partsOfArn(stackId: string): { account: string; region: string } | undefined {
  const [, region, account] = /^arn:[a-z-]+:cloudformation:([a-z0-9-]+):(\d{12}):stack\//.exec(stackId) ?? [];
  return region && account ? { account, region } : undefined;
}
