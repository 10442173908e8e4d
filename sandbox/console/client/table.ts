import { element } from "./dom";

type Cell = Node | string;

export function table(caption: string, headings: string[], rows: Cell[][]): HTMLElement {
  return element(
    "section",
    { class: "card wide", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...headings.map((heading) => element("th", { scope: "col" }, heading)))),
      element(
        "tbody",
        {},
        ...rows.map((cells) =>
          element(
            "tr",
            {},
            ...cells.map((cell, index) => element("td", { "data-label": headings[index] ?? "" }, cell)),
          ),
        ),
      ),
    ),
  );
}
