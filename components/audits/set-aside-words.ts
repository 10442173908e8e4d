import type { SetAsideGroup } from "@/lib/jobs/schema";

const queueNames: Record<string, string> = {
  audit: "Audits",
  "purge-verifications": "Removal of old verifications",
  "purge-access-log": "Removal of old access log entries",
  remind: "Reminders",
};

export function queueName(queue: string): string {
  return queueNames[queue] ?? queue;
}

/** Why jobs of a group could not be run. */
export function misfitReason({ why, detail }: Pick<SetAsideGroup, "why" | "detail">): string {
  switch (why) {
    case "newer-version":
      return `made by a newer version of crossaccount (job version ${detail})`;
    case "too-large":
      return `larger than any job of this version (${detail})`;
    case "wrong-shape":
      return `not what this version expects (${detail})`;
  }
}

export function jobCount(jobs: number): string {
  return `${jobs.toLocaleString("en-US")} ${jobs === 1 ? "job" : "jobs"}`;
}
