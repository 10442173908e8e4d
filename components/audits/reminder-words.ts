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
  "template-update": {
    title: "A newer template is available",
    text: "The role works, but was made from an older template. An update keeps its ARN and external ID.",
  },
};
