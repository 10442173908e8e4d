import type { AccessLogEntryView } from "@/lib/access-log/schema";
import type { ActorType } from "@/lib/crossaccount";

export type ActorTypeWords = Record<ActorType, string>;

export function actorTypeWords(productName: string): ActorTypeWords {
  return {
    customer: "Your people",
    staff: `${productName} staff`,
    "portal-session": "Portal sessions",
    link: "Links",
    "api-key": "API keys",
    service: "Services",
    job: "Jobs",
    system: "The portal itself",
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
    case "portal-session":
      return `Portal session ${id}`;
    case "link":
      return `Link ${id}`;
    case "api-key":
      return `API key ${id}`;
    case "service":
      return id;
    case "job":
      return `Job ${id}`;
    case "system":
      return `The portal itself: ${id}`;
  }
}
