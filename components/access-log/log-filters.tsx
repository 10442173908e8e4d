"use client";

import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button, buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { actorTypes, outcomes } from "@/lib/access-log/kinds";
import type { AccessLogFilter } from "@/lib/access-log/schema";
import type { ActorTypeWords } from "./actor-words";
import { outcomeWords } from "./outcome-words";

interface LogFiltersProps {
  path: string;
  filter: AccessLogFilter;
  /** Kinds of actors in the reader's words. */
  actorTypeWords: ActorTypeWords;
  /** What the page keeps in its address besides the filter. */
  kept: Record<string, string>;
  /** The page without a filter. */
  clearAddress: string;
  children: ReactNode;
}

/** The filter lives in the address, so that a view can be kept, shared and gone back to. */
export function LogFilters({ path, filter, actorTypeWords, kept, clearAddress, children }: LogFiltersProps) {
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <Card className="px-5 py-4 sm:px-6">
      {/* Another filter is another form: what it shows must not stay behind when the address changes. */}
      <Form key={JSON.stringify(filter)} action={path} role="search" aria-label="Access log" className="space-y-4">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
          <Choice label="Outcome" name="outcome" value={filter.outcome} all="Any">
            {outcomes.map((outcome) => [outcome, outcomeWords[outcome].word])}
          </Choice>
          <Choice label="Actor" name="actor" value={filter.actor} all="Anyone">
            {actorTypes.map((type) => [type, actorTypeWords[type]])}
          </Choice>
          <Choice label="Verification probes" name="probes" value={filter.probes} all="Included">
            {[
              ["none", "Left out"],
              ["only", "Only these"],
            ]}
          </Choice>
          <Field label="Purpose">
            {(control) => <Input {...control} name="purpose" defaultValue={filter.purpose} maxLength={200} />}
          </Field>
          <Field label="From (UTC)">
            {(control) => <Input {...control} type="date" name="from" defaultValue={filter.from} />}
          </Field>
          <Field label="To (UTC)">
            {(control) => <Input {...control} type="date" name="to" defaultValue={filter.to} />}
          </Field>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="flex gap-2">
            <Button type="submit">Apply filter</Button>
            {isNarrowed ? (
              <Link href={clearAddress} className={buttonStyle({ variant: "ghost" })}>
                Clear
              </Link>
            ) : null}
          </div>
          {children}
        </div>
      </Form>
    </Card>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  value: string | undefined;
  all: string;
  children: readonly (readonly [string, string] | readonly string[])[];
}

function Choice({ label, name, value, all, children }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} name={name} defaultValue={value ?? ""}>
          <option value="">{all}</option>
          {children.map(([option, word]) => (
            <option key={option} value={option}>
              {word}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
