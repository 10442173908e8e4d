import { accountField, isAccount, rememberAccount } from "./account-field";
import { read, type Stack } from "./api";
import { alertBox, element } from "./dom";
import { statusBadge } from "./status-badge";
import { table } from "./table";

export function stacksPage(main: HTMLElement, region: string): void {
  const account = accountField();
  const body = element("div", {});
  main.append(element("section", { class: "card" }, account.node), body);
  const load = async () => {
    if (!isAccount(account.value())) return;
    try {
      const { stacks } = await read<{ stacks: Stack[] }>("stacks", { account: account.value(), region });
      rememberAccount(account.value());
      body.replaceChildren(stacks.length > 0 ? list(stacks) : empty(account.value(), region));
    } catch (error) {
      body.replaceChildren(alertBox((error as Error).message));
    }
  };
  account.onAccount(load);
  void load();
}

function list(stacks: Stack[]): HTMLElement {
  return table(
    "Stacks",
    ["Name", "Status", "Created"],
    stacks.map((stack) => [
      element("a", { href: `#/stacks/stackinfo?stackId=${encodeURIComponent(stack.StackId)}` }, stack.StackName),
      statusBadge(stack.StackStatus),
      new Date(stack.CreationTime).toLocaleString(),
    ]),
  );
}

function empty(account: string, region: string): HTMLElement {
  return element(
    "section",
    { class: "card empty" },
    element("p", {}, `Account ${account} has no stacks in ${region}.`),
    element("p", { class: "hint" }, "Open a launch link to create one, or choose another Region."),
  );
}
