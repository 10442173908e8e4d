"use client";

import type { ReactNode } from "react";
import { ChartLegend } from "@/components/charts/chart-legend";
import { StackedBars } from "@/components/charts/stacked-bars";
import { Section } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccessLogUsage } from "@/lib/access-log/schema";
import { outcomeSeries, probeSeries } from "./outcome-words";
import { PurposeRanking } from "./purpose-ranking";
import { UsageTable } from "./usage-table";
import { dayWords, usageSummary, usageTotals } from "./usage-words";

const series = [...outcomeSeries, probeSeries];

/** How often a connection was used, by day, outcome and purpose. */
export function UsageSection({ usage, actions }: { usage: AccessLogUsage; actions?: ReactNode }) {
  const { days, purposes, credentialsUntil } = usage;
  const totals = usageTotals(days);
  const isUsed = Object.values(totals).some((total) => total > 0);
  return (
    <Section
      title="Use in the last 30 days"
      description={
        credentialsUntil ? (
          <>
            The last credentials issued expire <RelativeTime at={credentialsUntil} />.
          </>
        ) : (
          "No issued credentials are still valid."
        )
      }
      actions={actions}
    >
      {credentialsUntil ? <EndNow /> : null}
      {isUsed ? (
        <div className="space-y-5">
          <ChartLegend series={series} totals={totals} />
          <StackedBars
            summary={usageSummary(totals)}
            series={series}
            bars={days.map(({ day, ...values }) => ({ key: day, label: dayWords(day, values), values }))}
            ends={{ first: dayWords(days[0]?.day ?? ""), last: "Today" }}
          />
          <PurposeRanking purposes={purposes} />
          <Disclosure summary="Show as a table">
            <UsageTable days={days} />
          </Disclosure>
        </div>
      ) : (
        <p className="text-muted">No one used this connection in that time.</p>
      )}
    </Section>
  );
}

/** What is issued lives until its end whatever the portal does; only AWS itself can end it earlier. */
function EndNow() {
  return (
    <Disclosure summary="How to end them earlier" className="mb-5">
      <ol className="list-decimal space-y-1.5 pl-5 text-muted marker:text-muted">
        <li>Open the role in the IAM console of its account, then its tab Revoke sessions.</li>
        <li>
          Choose Revoke active sessions. AWS then adds the inline policy AWSRevokeOlderSessions, which denies all
          credentials issued before that moment.
        </li>
        <li>Newly issued credentials still work. To prevent that, delete the stack instead.</li>
      </ol>
    </Disclosure>
  );
}
