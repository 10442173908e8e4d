import { accountField, isAccount, rememberAccount } from "./account-field";
import { read, send } from "./api";
import { alertBox, button, element } from "./dom";
import type { Route } from "./route";

/** A role's trust policy, to be edited as in the IAM console's tab Trust relationships, and the button of its tab Revoke sessions. */
export function rolePage(main: HTMLElement, { roleName }: Route, region: string): void {
  const account = accountField();
  const body = element("div", {});
  main.append(
    element("p", { class: "lead" }, "Role ", element("code", {}, roleName)),
    element("section", { class: "card" }, account.node),
    body,
  );
  const load = async () => {
    if (!isAccount(account.value())) return;
    const at = { account: account.value(), region, roleName };
    try {
      const { trustPolicy } = await read<{ trustPolicy: string }>("role", at);
      rememberAccount(at.account);
      body.replaceChildren(form(at, trustPolicy), revocation(at));
    } catch (error) {
      body.replaceChildren(alertBox((error as Error).message));
    }
  };
  account.onAccount(load);
  void load();
}

function form(at: Record<string, string>, trustPolicy: string): HTMLFormElement {
  const text = element("textarea", { id: "trust-policy", rows: "18", spellcheck: "false" }, trustPolicy);
  const answer = element("div", { role: "status" });
  const node = element(
    "form",
    { class: "stack", autocomplete: "off" },
    element(
      "section",
      { class: "card" },
      element("h2", {}, "Trust relationships"),
      element("label", { for: "trust-policy" }, "Trust policy"),
      text,
    ),
    answer,
    element("div", { class: "actions" }, button("Update policy", "primary")),
  );
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send("trust", { ...at, trustPolicy: text.value });
      answer.replaceChildren(element("p", {}, "Trust policy updated."));
    } catch (error) {
      answer.replaceChildren(alertBox((error as Error).message));
    }
  });
  return node;
}

function revocation(at: Record<string, string>): HTMLFormElement {
  const answer = element("div", { role: "status" });
  const node = element(
    "form",
    { class: "stack" },
    element(
      "section",
      { class: "card" },
      element("h2", {}, "Revoke sessions"),
      element("p", {}, "Denies everything to sessions of this role that were issued before now."),
    ),
    answer,
    element("div", { class: "actions" }, button("Revoke active sessions", "danger")),
  );
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send("revoke", at);
      answer.replaceChildren(element("p", {}, "Active sessions revoked."));
    } catch (error) {
      answer.replaceChildren(alertBox((error as Error).message));
    }
  });
  return node;
}
