import { element } from "./dom";

/** A stack's or resource's status: its word, with a sign and a colour that say the same. */
export function statusBadge(status: string): HTMLElement {
  const kind = kindOf(status);
  const signs = { good: "✓", bad: "✕", busy: "…" };
  return element(
    "span",
    { class: `badge ${kind}` },
    element("span", { "aria-hidden": "true" }, signs[kind]),
    " ",
    ...status.split(/(?<=_)/).flatMap((part) => [part, element("wbr")]),
  );
}

function kindOf(status: string): "good" | "bad" | "busy" {
  if (status.endsWith("_IN_PROGRESS")) return "busy";
  return /FAILED|ROLLBACK/.test(status) ? "bad" : "good";
}
