import type { Operation } from "../../service";
import { removeChangeSets } from "../stack/change-set";
import { authorizedChangeSet } from "./authorized-change-set";
import { refuseUnsupported } from "./input";

export const deleteChangeSet: Operation = (input, context) => {
  refuseUnsupported(input, ["ChangeSetName", "StackName"]);
  const { changeSet } = authorizedChangeSet("DeleteChangeSet", input, context);
  removeChangeSets(context, ({ id }) => id === changeSet.id);
  return {};
};
