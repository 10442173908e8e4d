"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

interface NavTabsProps {
  tabs: { title: string; href: string }[];
  /** Names the navigation where a page has another one. */
  label?: string;
}

export function NavTabs({ tabs, label = "Main" }: NavTabsProps) {
  const pathname = usePathname();
  const within = tabs.filter(({ href }) => isWithin(pathname, href));
  // One tab's address may begin with another's: the longest is the closest.
  const current = within.toSorted((one, other) => other.href.length - one.href.length)[0];
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto">
      {tabs.map(({ title, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === current?.href ? "page" : undefined}
          className="group border-transparent border-b-2 pt-1 pb-1.5 text-muted focus-visible:-outline-offset-2 aria-[current]:border-accent-ink aria-[current]:text-ink"
        >
          <span className="block whitespace-nowrap rounded-md px-3 py-1.5 font-medium group-hover:bg-hover group-hover:text-ink">
            {title}
          </span>
        </Link>
      ))}
    </nav>
  );
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
