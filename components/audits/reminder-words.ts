import type { ReminderKind } from "@/lib/audits/state";

export const reminderWords: Record<ReminderKind, { title: string; text: string }> = {
  "setup-lingers": {
    title: "Setup permissions are still there",
    text: "They are only needed while everything is set up. Drop them as soon as it is.",
  },
  "wizard-unfinished": {
    title: "This connection was begun and not finished",
    text: "Everything so far is kept. Go on where you or a colleague stopped.",
  },
  "role-shared": {
    title: "Another connection has the same role",
    text: "Two connections were given one role by an earlier version. A role belongs to one connection: find out whose it is, and have the other customer make a role of its own.",
  },
  "account-shared": {
    title: "Another customer is connected to the same AWS account",
    text: "Each has a role of its own, which is allowed. Make sure that both are who they should be.",
  },
  "template-update": {
    title: "A newer template is available",
    text: "The role works, but was made from an older template. An update keeps its ARN and external ID.",
  },
};
