import type { HistoryView } from "@/lib/audits/schema";

/** What became of a connection's external ID, in its history. */
export const rotationWords: Record<HistoryView["rotations"][number]["what"], { title: string; text: string }> = {
  started: {
    title: "New external ID issued",
    text: "Both the old and the new one are tried until AWS accepts the new one.",
  },
  completed: {
    title: "External ID rotated",
    text: "AWS accepts the new one and refused the old one, which is retired.",
  },
  abandoned: { title: "Rotation abandoned", text: "AWS accepted the old external ID alone. The new one is retired." },
  expired: {
    title: "Rotation expired",
    text: "The stack was not updated in time. AWS accepts the old external ID alone, and the new one is retired.",
  },
  disconnected: { title: "Rotation ended", text: "The connection was disconnected while its external ID was rotated." },
};
