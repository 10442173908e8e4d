import { Search } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { statusesInOrder, statusWords } from "./status-words";

export interface StaffFilter {
  search?: string | undefined;
  status?: ConnectionStatus | undefined;
}

interface StaffFiltersProps {
  filter: StaffFilter;
  counts: Record<ConnectionStatus, number>;
}

/** The filter lives in the address, so that a view can be kept, shared and gone back to. */
export function StaffFilters({ filter, counts }: StaffFiltersProps) {
  const total = statusesInOrder.reduce((sum, status) => sum + counts[status], 0);
  return (
    <div className="mb-4 space-y-4">
      <nav aria-label="Status" className="flex flex-wrap gap-1.5">
        <StatusLink title="All" count={total} href={staffPath({ search: filter.search })} selected={!filter.status} />
        {statusesInOrder.map((status) => (
          <StatusLink
            key={status}
            status={status}
            title={statusWords[status].word}
            count={counts[status]}
            href={staffPath({ search: filter.search, status })}
            selected={filter.status === status}
          />
        ))}
      </nav>
      <Form action="/staff" role="search" className="flex max-w-md gap-2">
        {filter.status ? <input type="hidden" name="status" value={filter.status} /> : null}
        <label htmlFor="search" className="sr-only">
          Search connections
        </label>
        <Input
          id="search"
          name="search"
          type="search"
          defaultValue={filter.search}
          placeholder="Name, customer, account"
          className="h-9!"
        />
        <Button type="submit">
          <Search aria-hidden />
          Search
        </Button>
      </Form>
    </div>
  );
}

export function staffPath({ search, status, cursor }: StaffFilter & { cursor?: string }): string {
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (status) query.set("status", status);
  if (cursor) query.set("cursor", cursor);
  return query.size > 0 ? `/staff?${query}` : "/staff";
}

interface StatusLinkProps {
  title: string;
  count: number;
  href: string;
  selected: boolean;
  status?: ConnectionStatus;
}

function StatusLink({ title, count, href, selected, status }: StatusLinkProps) {
  const Icon = status ? statusWords[status].icon : null;
  return (
    <Link
      href={href}
      aria-current={selected ? "true" : undefined}
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full border px-3 py-1 text-[13px]",
        selected
          ? "border-accent-ink bg-accent-soft font-medium text-ink"
          : "border-line bg-surface text-muted hover:text-ink",
      )}
    >
      {Icon ? <Icon className="size-3.5" /> : null}
      {title}
      <span className="tabular-nums">{count.toLocaleString("en")}</span>
    </Link>
  );
}
