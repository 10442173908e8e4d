import { accountField, isAccount, recentAccounts, rememberAccount } from "./account-field";
import { read, type Stack, type StackDetail, type StackEvent } from "./api";
import { copyButton } from "./copy-button";
import { deleteDialog } from "./delete-dialog";
import { alertBox, button, element } from "./dom";
import { partsOfArn, type Route } from "./route";
import { statusBadge } from "./status-badge";
import { table } from "./table";

const pollMilliseconds = 700;

export function stackPage(main: HTMLElement, route: Route, selectedRegion: string, isCurrent: () => boolean): void {
  const place = partsOfArn(route.stackId) ?? { account: recentAccounts()[0] ?? "", region: selectedRegion };
  if (!isAccount(place.account)) {
    // AWS knows the account by who is signed in.
    const field = accountField();
    const asked = element("section", { class: "card" }, field.node);
    main.append(asked);
    field.onAccount((account) => {
      rememberAccount(account);
      asked.remove();
      stackPage(main, route, selectedRegion, isCurrent);
    });
    return;
  }
  rememberAccount(place.account);
  const status = element("div", { role: "status", class: "status" });
  const body = element("div", {});
  main.append(element("p", { class: "lead" }, `Account ${place.account} · ${place.region}`), status, body);
  let { stackId } = route;
  const load = async () => {
    try {
      const detail = await read<StackDetail>("stack", { ...place, stackId });
      if (!isCurrent()) return;
      // Once it is deleted, only its ID finds it.
      stackId = detail.stack.StackId;
      showStatus(status, detail);
      const dialog = deleteDialog(detail.stack, place, load);
      body.replaceChildren(dialog, actions(detail.stack, dialog), ...details(detail));
      if (detail.stack.StackStatus.endsWith("_IN_PROGRESS")) setTimeout(load, pollMilliseconds);
    } catch (error) {
      body.replaceChildren(alertBox((error as Error).message));
    }
  };
  void load();
}

function showStatus(region: HTMLElement, { stack, events }: StackDetail): void {
  const failed = events.filter(({ ResourceStatus }) => ResourceStatus.endsWith("_FAILED")).at(-1);
  const isBad = /ROLLBACK|FAILED/.test(stack.StackStatus);
  const reason = isBad ? (failed?.ResourceStatusReason ?? stack.StackStatusReason) : undefined;
  const done = stack.StackStatus === "CREATE_COMPLETE" || stack.StackStatus === "UPDATE_COMPLETE";
  region.replaceChildren(
    element("strong", {}, stack.StackName),
    statusBadge(stack.StackStatus),
    ...(reason ? [element("p", { class: "reason" }, reason)] : []),
    ...(done ? [element("p", { class: "hint" }, "Done. You can go back to the page that sent you here.")] : []),
  );
}

function actions(stack: Stack, dialog: HTMLDialogElement): HTMLElement {
  const stackId = encodeURIComponent(stack.StackId);
  const isGone = stack.StackStatus === "DELETE_COMPLETE";
  return element(
    "div",
    { class: "actions" },
    element("a", { href: "#/stacks" }, "All stacks"),
    isGone ? undefined : element("a", { href: `#/stacks/update?stackId=${stackId}` }, "Update"),
    isGone ? undefined : button("Delete stack", "danger", () => dialog.showModal()),
  );
}

function details({ stack, events, template }: StackDetail): HTMLElement[] {
  return [
    outputs(stack),
    table("Events", ["Time", "Resource", "Status", "Reason"], events.map(eventRow)),
    table(
      "Parameters",
      ["Name", "Value"],
      stack.Parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, element("code", {}, ParameterValue)]),
    ),
    element(
      "details",
      { class: "card" },
      element("summary", {}, "Template"),
      element("pre", { tabindex: "0", role: "region", "aria-label": "Template text" }, template),
    ),
  ];
}

function outputs({ Outputs }: Stack): HTMLElement {
  return table(
    "Outputs",
    ["Name", "Value", "Description"],
    Outputs.map(({ OutputKey, OutputValue, Description }) => [
      OutputKey,
      element("span", { class: "copyable" }, element("code", {}, OutputValue), copyButton(OutputKey, OutputValue)),
      Description ?? "",
    ]),
  );
}

function eventRow(event: StackEvent): (Node | string)[] {
  return [
    new Date(event.Timestamp).toLocaleTimeString(),
    element("span", {}, event.LogicalResourceId, element("small", {}, event.ResourceType)),
    statusBadge(event.ResourceStatus),
    event.ResourceStatusReason ?? "",
  ];
}
