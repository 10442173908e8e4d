import type { ReminderKind } from "@/lib/audits/state";

export const reminderWords: Record<ReminderKind, { title: string; text: string }> = {
  "setup-lingers": {
    title: "Setup permissions are still there",
    text: "They are needed only during setup. Remove them when setup is done.",
  },
  "wizard-unfinished": {
    title: "Setup of this connection is not finished",
    text: "Everything so far is saved. Continue where you or a colleague stopped.",
  },
  "role-shared": {
    title: "Another connection has the same role",
    text: "An earlier version gave two connections the same role. A role belongs to one connection: find out which, and ask the other customer to create a separate role.",
  },
  "account-shared": {
    title: "Another customer is connected to the same AWS account",
    text: "Each has its own role, which is allowed. Make sure that both customers should have access to this account.",
  },
  "template-update": {
    title: "A newer template is available",
    text: "The role works, but was made from an older template. An update keeps its ARN and external ID.",
  },
  "external-id-old": {
    title: "The external ID has been in use for a long time",
    text: "Rotate it from the connection's menu. Nothing is interrupted, and it takes one update of the stack.",
  },
};
