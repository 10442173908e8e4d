import { type Place, type Stack, send } from "./api";
import { alertBox, button, element } from "./dom";

export function deleteDialog(stack: Stack, { account, region }: Place, onDeleted: () => void): HTMLDialogElement {
  const problem = element("div", {});
  const remove = async () => {
    try {
      await send("delete", { account, region, stackId: stack.StackId });
      dialog.close();
      onDeleted();
    } catch (error) {
      problem.replaceChildren(alertBox((error as Error).message));
    }
  };
  const dialog = element(
    "dialog",
    { "aria-labelledby": "delete-title" },
    element("h2", { id: "delete-title" }, `Delete ${stack.StackName}?`),
    element("p", {}, "All of its resources are removed from the account. This cannot be undone."),
    problem,
    element(
      "div",
      { class: "actions" },
      button("Yes, delete", "danger", () => void remove()),
      button("Keep it", "quiet", () => dialog.close()),
    ),
  );
  return dialog;
}
