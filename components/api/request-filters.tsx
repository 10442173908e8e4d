"use client";

import Form from "next/form";
import Link from "next/link";
import { Button, buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { RequestOutcome } from "@/lib/api/schema";
import { apiRequestsPath } from "./paths";
import { outcomeWords } from "./request-words";

export interface RequestFilter {
  key?: string | undefined;
  outcome?: RequestOutcome | undefined;
  /** A request's ID, as it was typed. */
  id?: string | undefined;
}

interface RequestFiltersProps {
  filter: RequestFilter;
  /** That can be chosen from. */
  keys: readonly { id: string; name: string; prefix: string }[];
}

/** The filter lives in the address, so that a view can be kept, shared and gone back to. */
export function RequestFilters({ filter, keys }: RequestFiltersProps) {
  return (
    <Card className="px-5 py-4 sm:px-6">
      {/* Another filter is another form: what it shows must not stay behind when the address changes. */}
      <Form
        key={JSON.stringify(filter)}
        action={apiRequestsPath}
        role="search"
        aria-label="Requests"
        className="space-y-4"
      >
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.6fr)]">
          <Field label="Key">
            {(control) => (
              <Select {...control} name="key" defaultValue={filter.key ?? ""}>
                <option value="">Any</option>
                {keys.map(({ id, name, prefix }) => (
                  <option key={id} value={id}>
                    {`${name} · ${prefix}…`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Status">
            {(control) => (
              <Select {...control} name="outcome" defaultValue={filter.outcome ?? ""}>
                <option value="">Any</option>
                {Object.entries(outcomeWords).map(([outcome, { choice }]) => (
                  <option key={outcome} value={outcome}>
                    {choice}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Request ID">
            {(control) => (
              <Input
                {...control}
                name="id"
                defaultValue={filter.id}
                autoComplete="off"
                spellCheck={false}
                maxLength={100}
                className="font-mono"
              />
            )}
          </Field>
        </div>
        <div className="flex gap-2">
          <Button type="submit">Show</Button>
          {filter.key || filter.outcome || filter.id ? (
            <Link href={apiRequestsPath} className={buttonStyle({ variant: "ghost" })}>
              Clear
            </Link>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}

/** An address of the list with a filter. */
export function requestsPath(filter: RequestFilter & { cursor?: string }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return query.size > 0 ? `${apiRequestsPath}?${query}` : apiRequestsPath;
}
