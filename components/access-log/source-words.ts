import type { AccessLogEntryView } from "@/lib/access-log/schema";

/** What an entry is of, where AWS or the portal did not answer just then. */
export const sourceWords: Record<NonNullable<AccessLogEntryView["source"]>, string> = {
  announced: "announced by its caller, who asks AWS itself",
  "kept-session": "credentials of an open session",
  reported: "reported by its caller",
};
