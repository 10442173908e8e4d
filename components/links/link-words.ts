import type { Tone } from "@/components/ui/badge";
import type { LinkView } from "@/lib/links/schema";
import type { LinkPurpose, LinkState } from "@/lib/links/state";

interface PurposeWords {
  word: string;
  make: string;
  explanation: string;
}

export const purposeWords: Record<LinkPurpose, PurposeWords> = {
  setup: {
    word: "Hand-off",
    make: "Make a hand-off link",
    explanation:
      "For a colleague who has rights in AWS and no login here: they see who asks and what the role may do, create the stack, and follow its verification. An admin then confirms the account.",
  },
  repair: {
    word: "Repair",
    make: "Make a repair link",
    explanation:
      "For a colleague who has rights in AWS and no login here: they see what is broken and how to repair it, and verify the role again.",
  },
};

export const linkStateWords: Record<LinkState, { word: string; tone: Tone }> = {
  open: { word: "Open", tone: "info" },
  done: { word: "Done", tone: "success" },
  revoked: { word: "Revoked", tone: "neutral" },
  expired: { word: "Expired", tone: "neutral" },
};

/** As part of a sentence. */
export function makerName({ type, name }: LinkView["madeBy"], productName: string): string {
  if (name) return name;
  switch (type) {
    case "customer":
      return "a former member";
    case "staff":
      return `${productName} staff`;
    default:
      return productName;
  }
}
