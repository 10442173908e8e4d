import { type AccountField, rememberAccount } from "./account-field";
import { acknowledgement } from "./acknowledgement";
import type { TemplateSummary } from "./api";
import { alertBox, button, element, outsideLink } from "./dom";
import { parameterFields } from "./parameter-fields";

export interface StackFormOptions {
  summary: TemplateSummary;
  templateUrl: string;
  /** The account field and, when creating, the stack's name. */
  identity: HTMLElement;
  account: AccountField;
  initial: ReadonlyMap<string, string>;
  submitText: string;
  /** Sends the request and answers where to go next. */
  submit(values: Record<string, string>, capabilities: string[]): Promise<string>;
}

export function stackForm(options: StackFormOptions): HTMLFormElement {
  const { summary, templateUrl, identity, account, initial, submitText } = options;
  const fields = parameterFields(summary, initial);
  const problem = element("div", { class: "problem" });
  const submitButton = button(submitText, "primary");
  const form = element(
    "form",
    { class: "stack", autocomplete: "off" },
    section("Stack", identity),
    section(
      "Template",
      summary.Description ? element("p", {}, summary.Description) : undefined,
      templateUrl ? outsideLink(templateUrl) : element("p", { class: "hint" }, "The template the stack has now."),
    ),
    section("Parameters", summary.Parameters.length > 0 ? fields.node : element("p", { class: "hint" }, "None")),
    acknowledgement(summary.Capabilities),
    problem,
    element("div", { class: "actions" }, submitButton, element("a", { href: "#/stacks" }, "Cancel")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.replaceChildren();
    submitButton.disabled = true;
    try {
      rememberAccount(account.value());
      location.hash = await options.submit(fields.values(), summary.Capabilities);
    } catch (error) {
      problem.replaceChildren(alertBox((error as Error).message));
    } finally {
      submitButton.disabled = false;
    }
  });
  return form;
}

function section(title: string, ...children: (Node | undefined)[]): HTMLElement {
  return element("section", { class: "card" }, element("h2", {}, title), ...children);
}
