import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Hourglass,
  type LucideIcon,
  ShieldAlert,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import type { Tone } from "@/components/ui/badge";
import { type ConnectionStatus, type CustomerStatus, customerStatuses } from "@/lib/crossaccount/status";

/** The five words that customers read. */
export const customerWords: Record<CustomerStatus, string> = {
  working: "Working",
  blocked: "Blocked",
  paused: "Paused",
  unfinished: "Unfinished",
  ended: "Ended",
};

interface Look {
  tone: Tone;
  icon: LucideIcon;
  /** What it means, in a sentence. */
  meaning: string;
}

const looks: Record<ConnectionStatus, Look> = {
  insecure: {
    tone: "danger",
    icon: ShieldAlert,
    meaning: "Not used until it is repaired: others can use its role, or it hides who can.",
  },
  broken: {
    tone: "danger",
    icon: CircleX,
    meaning: "Not used until it is repaired: its role worked before, and no longer does.",
  },
  degraded: { tone: "warning", icon: TriangleAlert, meaning: "In use, but a check failed." },
  setup: { tone: "success", icon: Hourglass, meaning: "In use. Its role still has the setup permissions." },
  active: { tone: "success", icon: CircleCheck, meaning: "In use, with the ongoing permissions only." },
  pending: { tone: "neutral", icon: CircleDashed, meaning: "Not used yet: no role is verified." },
  paused: { tone: "neutral", icon: CirclePause, meaning: "Not used while it is paused." },
  disconnected: { tone: "neutral", icon: Unplug, meaning: "Ended for good, and no longer used." },
};

export function customerStatusWords(status: ConnectionStatus): Look & { word: string } {
  return { ...looks[status], word: customerWords[customerStatuses[status]] };
}
