import { relativeTime, timeLeft } from "@/components/ui/time-words";
import type { HomeRow } from "@/lib/connections/schema";
import { type WizardStep, wizardSteps } from "@/lib/connections/wizard";
import { connectionPath, setupPath } from "../paths";

const unfinished: Partial<Record<WizardStep, string>> = {
  launch: "create the stack",
  role: "find its role",
  verify: "verify the role",
};

/** What is left to do about a connection, or how it has been, in a few words. */
export function leftToDo(row: HomeRow, now: Date, productName: string): string {
  const { status, nextStep, trouble, setupEndsAt, since } = row;
  switch (status) {
    case "insecure":
      return trouble ?? "It hides who can use it";
    case "broken":
      return trouble ?? "The role can no longer be used";
    case "degraded":
      return trouble ?? "A check failed";
    case "pending":
      return row.toConfirm ? "A link brought this account: is it yours?" : stepWords(nextStep ?? "launch");
    case "setup":
      return setupEndsAt && setupEndsAt > now
        ? `Setup access ends in ${timeLeft(setupEndsAt, now)}`
        : "Setup access is still there";
    case "active":
      return row.provenAt ? `Connected ${relativeTime(row.provenAt, now)}` : "Connected";
    case "paused":
      return `Paused ${row.heldByCustomer ? "" : `by ${productName} `}${relativeTime(since, now)}`;
    case "disconnected":
      return row.accessGone
        ? `Ended ${relativeTime(since, now)}, and its access is gone from AWS`
        : `Ended ${relativeTime(since, now)}. Its stack may still be in AWS`;
  }
}

function stepWords(step: WizardStep): string {
  const what = unfinished[step];
  return `Step ${wizardSteps.indexOf(step) + 1} of ${wizardSteps.length}${what ? `: ${what}` : ""}`;
}

/** The one thing to press in a row; null where nothing needs to be done. */
export function rowAction(
  customer: string,
  { id, status, nextStep, toConfirm, accessGone }: HomeRow,
): { label: string; href: string } | null {
  switch (status) {
    case "insecure":
    case "broken":
      return { label: "Repair", href: connectionPath(customer, id) };
    case "degraded":
      return { label: "See what to do", href: connectionPath(customer, id) };
    case "pending":
      if (toConfirm) return { label: "Confirm", href: connectionPath(customer, id) };
      return { label: "Continue", href: setupPath(customer, id, nextStep ?? undefined) };
    case "setup":
      return { label: "End it now", href: setupPath(customer, id, "drop-setup") };
    case "disconnected":
      return accessGone ? null : { label: "Finish in AWS", href: connectionPath(customer, id) };
    default:
      return null;
  }
}
