import type { AccessLogEntryView, ActorType } from "@/lib/access-log/schema";

export type ActorTypeWords = Record<ActorType, string>;

export function actorTypeWords(productName: string): ActorTypeWords {
  return {
    customer: "Your people",
    staff: `${productName} staff`,
    "api-key": "API keys",
    service: "Services",
    system: "Scheduled jobs",
  };
}

export const actorTypeWordsForStaff: ActorTypeWords = { ...actorTypeWords(""), customer: "Customers", staff: "Staff" };

/** Who it was, as far as the reader may know. */
export function actorName({ type, id, name }: AccessLogEntryView["actor"], productName: string): string {
  switch (type) {
    case "customer":
      return name ?? "A former member";
    case "staff":
      return name ?? `${productName} staff`;
    case "api-key":
      return `API key ${id}`;
    case "service":
      return id;
    case "system":
      return `Job: ${id}`;
  }
}
