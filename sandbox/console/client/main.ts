import { createPage } from "./create-page";
import { alertBox, element } from "./dom";
import { regionField } from "./region-field";
import { rolePage } from "./role-page";
import { parseRoute, type Route } from "./route";
import { stackPage } from "./stack-page";
import { stacksPage } from "./stacks-page";
import { updatePage } from "./update-page";

const titles: Record<Route["page"], string> = {
  create: "Create stack",
  update: "Update stack",
  stack: "Stack",
  stacks: "Stacks",
  role: "Role",
  unknown: "Not found",
};

let shown = 0;

function show(): void {
  const main = document.querySelector("main");
  if (!main) return;
  shown += 1;
  const turn = shown;
  const route = parseRoute(location.hash);
  const region = new URLSearchParams(location.search).get("region") ?? "us-east-1";
  const heading = element("h1", { tabindex: "-1" }, titles[route.page]);
  document.title = `${titles[route.page]} · Sandbox console`;
  document.querySelector("#region")?.replaceChildren(regionField(region));
  main.replaceChildren(heading);
  if (turn > 1) heading.focus();
  if (route.page === "create") createPage(main, route, region);
  else if (route.page === "update") updatePage(main, route, region);
  else if (route.page === "stack") stackPage(main, route, region, () => turn === shown);
  else if (route.page === "stacks") stacksPage(main, region);
  else if (route.page === "role") rolePage(main, route, region);
  else main.append(alertBox("The sandbox console has no such page."));
}

window.addEventListener("hashchange", show);
show();
