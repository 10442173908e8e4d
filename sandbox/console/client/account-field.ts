import { element } from "./dom";

const key = "sandbox-console-accounts";
const mostRemembered = 8;

export interface AccountField {
  node: HTMLElement;
  value(): string;
  /** Calls back when a whole account ID has been entered. */
  onAccount(listener: (account: string) => void): void;
}

/** Accounts used before in this browser, the last one first. */
export function recentAccounts(): string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
  return Array.isArray(kept) ? kept.filter((item) => typeof item === "string" && isAccount(item)) : [];
}

export function rememberAccount(account: string): void {
  const accounts = [account, ...recentAccounts().filter((other) => other !== account)];
  localStorage.setItem(key, JSON.stringify(accounts.slice(0, mostRemembered)));
}

export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

export function accountField(initial = recentAccounts()[0] ?? ""): AccountField {
  const input = element("input", {
    id: "account",
    required: true,
    inputmode: "numeric",
    pattern: "\\d{12}",
    maxlength: "12",
    autocomplete: "off",
    spellcheck: "false",
    list: "recent-accounts",
    title: "12 digits",
    value: initial,
    "aria-describedby": "account-hint",
  });
  const options = recentAccounts().map((account) => element("option", { value: account }));
  return {
    node: element(
      "div",
      { class: "field" },
      element("label", { for: "account" }, "AWS account ID"),
      element(
        "p",
        { id: "account-hint", class: "hint" },
        "Any 12 digits: every account exists in the sandbox, and you act as its administrator.",
      ),
      input,
      element("datalist", { id: "recent-accounts" }, ...options),
    ),
    value: () => input.value.trim(),
    onAccount: (listener) =>
      input.addEventListener("input", () => {
        if (isAccount(input.value.trim())) listener(input.value.trim());
      }),
  };
}
