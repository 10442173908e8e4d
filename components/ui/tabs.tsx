"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ReactNode } from "react";

interface TabsProps {
  /** Names the list of tabs. */
  label: string;
  tabs: { value: string; title: string; content: ReactNode }[];
}

export function Tabs({ label, tabs }: TabsProps) {
  return (
    <Primitive.Root defaultValue={tabs[0]?.value}>
      <Primitive.List aria-label={label} className="-mx-1.5 flex gap-3.5 overflow-x-auto border-line border-b">
        {tabs.map(({ value, title }) => (
          <Primitive.Trigger
            key={value}
            value={value}
            className="-mb-px whitespace-nowrap rounded-t-sm border-transparent border-b-2 px-1.5 pt-1 pb-2.5 font-medium text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent-ink data-[state=active]:text-ink"
          >
            {title}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map(({ value, content }) => (
        <Primitive.Content key={value} value={value} className="rounded-md pt-4">
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
