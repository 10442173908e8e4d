import { accountField, isAccount } from "./account-field";
import { read, send, type TemplateSummary } from "./api";
import { alertBox, element } from "./dom";
import type { Route } from "./route";
import { stackForm } from "./stack-form";

/** Account that reads a public template as long as nobody has said which account is meant. */
const nobody = "000000000000";

export function createPage(main: HTMLElement, route: Route, region: string): void {
  const account = accountField();
  const name = element("input", {
    id: "stack-name",
    value: route.stackName,
    required: true,
    maxlength: "128",
    autocomplete: "off",
    spellcheck: "false",
  });
  const identity = element(
    "div",
    {},
    account.node,
    element("div", { class: "field" }, element("label", { for: "stack-name" }, "Stack name"), name),
  );
  const body = element("div", {});
  main.append(element("p", { class: "lead" }, "Review what the link asks for, then create the stack."), body);
  const load = async () => {
    const reader = isAccount(account.value()) ? account.value() : nobody;
    try {
      const query = { account: reader, region, templateURL: route.templateUrl };
      const summary = await read<TemplateSummary>("template", query);
      body.replaceChildren(form(summary));
    } catch (error) {
      body.replaceChildren(element("section", { class: "card" }, identity), alertBox((error as Error).message));
      account.onAccount(load);
    }
  };
  const form = (summary: TemplateSummary) =>
    stackForm({
      summary,
      templateUrl: route.templateUrl,
      identity,
      account,
      initial: route.parameters,
      submitText: "Create stack",
      submit: async (parameters, capabilities) => {
        const { StackId } = await send<{ StackId: string }>("create", {
          account: account.value(),
          region,
          stackName: name.value.trim(),
          templateURL: route.templateUrl,
          parameters,
          capabilities,
        });
        return `#/stacks/stackinfo?stackId=${encodeURIComponent(StackId)}`;
      },
    });
  if (route.templateUrl) void load();
  else body.append(alertBox("The link names no template: it needs templateURL."));
}
