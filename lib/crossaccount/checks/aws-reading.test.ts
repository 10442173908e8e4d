import { expect, test } from "vitest";
import { pages } from "./aws-reading";

test("a list that AWS gives page by page is read to its end", async () => {
  const asked: (string | undefined)[] = [];
  const list = new Map([
    [undefined, { items: ["a", "b"], next: "2" }],
    ["2", { items: [], next: "3" }],
    ["3", { items: ["c"] }],
  ]);
  const all = await pages(async (marker) => {
    asked.push(marker);
    return list.get(marker) ?? { items: [] };
  });
  expect(all).toEqual(["a", "b", "c"]);
  expect(asked).toEqual([undefined, "2", "3"]);
});
