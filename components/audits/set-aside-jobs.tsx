import { Alert } from "@/components/ui/alert";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SetAsideView } from "@/lib/jobs/schema";
import { jobCount, misfitReason, queueName } from "./set-aside-words";

/** Jobs that no worker of this version could run, by queue and reason. */
export function SetAsideJobs({ setAside: { jobs, groups } }: { setAside: SetAsideView }) {
  if (jobs === 0) return null;
  return (
    <section aria-label="Jobs that were set aside">
      <Alert
        tone="warning"
        title={`${jobCount(jobs)} could not be run and ${jobs === 1 ? "was" : "were"} set aside`}
        roomy
      >
        <ul className="space-y-1">
          {groups.map(({ queue, why, detail, jobs: count, lastAt }) => (
            <li key={`${queue} ${why} ${detail}`} className="break-words">
              <span className="font-medium">{queueName(queue)}</span>: {jobCount(count)},{" "}
              {misfitReason({ why, detail })}, last <RelativeTime at={lastAt} />
            </li>
          ))}
        </ul>
        <p className="mt-2 max-w-prose text-[13px] text-muted">
          An audit gets another job within minutes; after five attempts its audit run shows it as skipped. Maintenance
          runs again at its next scheduled time. Workers of different versions are the usual cause: run the same version
          everywhere. Set-aside jobs are listed for 14 days.
        </p>
      </Alert>
    </section>
  );
}
