import type { Tone } from "@/components/ui/badge";
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  type Glyph,
  Hourglass,
  ShieldAlert,
  TriangleAlert,
  Unplug,
} from "@/components/ui/glyphs";
import type { ConnectionStatus } from "@/lib/crossaccount/status";

interface StatusWords {
  word: string;
  tone: Tone;
  icon: Glyph;
  /** One sentence: what it means for the person who reads it. */
  meaning: string;
}

export const statusWords: Record<ConnectionStatus, StatusWords> = {
  pending: {
    word: "Pending",
    tone: "neutral",
    icon: CircleDashed,
    meaning: "No role is verified and confirmed yet. No credentials are issued.",
  },
  setup: {
    word: "Setup",
    tone: "info",
    icon: Hourglass,
    meaning: "Works. The role still has its setup permissions.",
  },
  active: {
    word: "Active",
    tone: "success",
    icon: CircleCheck,
    meaning: "Works with the ongoing permissions only.",
  },
  degraded: {
    word: "Degraded",
    tone: "warning",
    icon: TriangleAlert,
    meaning: "Works, but a check failed.",
  },
  insecure: {
    word: "Insecure",
    tone: "danger",
    icon: ShieldAlert,
    meaning: "Others can use the role, or it hides who can. No credentials are issued until it is repaired.",
  },
  broken: {
    word: "Broken",
    tone: "danger",
    icon: CircleX,
    meaning: "The role worked before but can no longer be used. No credentials are issued.",
  },
  paused: {
    word: "Paused",
    tone: "neutral",
    icon: CirclePause,
    meaning: "Paused. No credentials are issued.",
  },
  disconnected: {
    word: "Disconnected",
    tone: "neutral",
    icon: Unplug,
    meaning: "Ended for good. No credentials are issued.",
  },
};

/** As a connection goes through them, trouble last. */
export const statusesInOrder = Object.keys(statusWords) as readonly ConnectionStatus[];
