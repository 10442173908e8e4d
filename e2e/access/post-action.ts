import { required } from "../fixtures/portal";
import type { BuiltAction } from "./built";
import type { Caller } from "./callers";
import { headersOf } from "./open-address";

export interface ActionAnswer {
  /** "allowed", or the code of the refusal; the HTTP status where the action gave no result. */
  verdict: string;
  data: unknown;
  /** All that was answered. */
  body: string;
}

/** Posts as a browser does: the action's ID in a header, its arguments as React encodes plain values. */
export async function postAction(
  { id }: Pick<BuiltAction, "id">,
  {
    path,
    caller,
    input,
    headers,
  }: {
    path: string;
    caller: Pick<Caller, "cookie" | "authorization">;
    input?: unknown;
    headers?: Record<string, string>;
  },
): Promise<ActionAnswer> {
  const baseUrl = required("E2E_BASE_URL");
  const response = await fetch(baseUrl + path, {
    method: "POST",
    redirect: "manual",
    headers: {
      "next-action": id,
      origin: new URL(baseUrl).origin,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      ...headersOf(caller),
      ...headers,
    },
    body: JSON.stringify(input === undefined ? [] : [input]),
  });
  const body = await response.text();
  if (response.headers.has("x-action-redirect")) return { verdict: "allowed", data: undefined, body };
  const result = resultIn(body);
  if (!result) return { verdict: `status ${response.status}`, data: undefined, body };
  return { verdict: result.ok ? "allowed" : (result.code ?? "no code"), data: result.data, body };
}

/** The row of React's answer that holds what the action returned; row 0 names it. */
function resultIn(body: string): { ok: boolean; code?: string; data?: unknown } | undefined {
  const rows = new Map(
    body.split("\n").map((row) => [row.slice(0, row.indexOf(":")), row.slice(row.indexOf(":") + 1)]),
  );
  const [, returned] = /"a":"\$@([0-9a-f]+)"/.exec(rows.get("0") ?? "") ?? [];
  const row = returned && rows.get(returned);
  return row ? JSON.parse(row) : undefined;
}
