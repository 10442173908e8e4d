import { accountField, isAccount } from "./account-field";
import { read, type Stack, type StackDetail, send, type TemplateSummary } from "./api";
import { alertBox, element } from "./dom";
import { partsOfArn, type Route } from "./route";
import { stackForm } from "./stack-form";

export function updatePage(main: HTMLElement, route: Route, selectedRegion: string): void {
  const place = partsOfArn(route.stackId);
  const region = place?.region ?? selectedRegion;
  const account = accountField(place?.account);
  const body = element("div", {});
  main.append(element("p", { class: "lead" }, "Stack ", element("code", {}, route.stackId)), body);
  const load = async () => {
    if (!isAccount(account.value())) return body.replaceChildren(element("section", { class: "card" }, account.node));
    const at = { account: account.value(), region };
    try {
      const { stack } = await read<StackDetail>("stack", { ...at, stackId: route.stackId });
      const source: Record<string, string> = route.templateUrl
        ? { templateURL: route.templateUrl }
        : { stackId: route.stackId };
      const summary = await read<TemplateSummary>("template", { ...at, ...source });
      body.replaceChildren(form(stack, summary));
    } catch (error) {
      body.replaceChildren(element("section", { class: "card" }, account.node), alertBox((error as Error).message));
    }
  };
  const form = (stack: Stack, summary: TemplateSummary) => {
    const previous = new Map(
      stack.Parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
    );
    return stackForm({
      summary,
      templateUrl: route.templateUrl,
      identity: account.node,
      account,
      initial: previous,
      submitText: "Update stack",
      submit: async (values, capabilities) => {
        const names = summary.Parameters.map(({ ParameterKey }) => ParameterKey);
        const { StackId } = await send<{ StackId: string }>("update", {
          account: account.value(),
          region,
          stackId: stack.StackId,
          templateURL: route.templateUrl,
          parameters: values,
          previous: names.filter((name) => !(name in values) && previous.has(name)),
          capabilities,
        });
        return `#/stacks/stackinfo?stackId=${encodeURIComponent(StackId)}`;
      },
    });
  };
  account.onAccount(load);
  void load();
}
