import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu, type AccountMenuProps } from "./account-menu";
import { Brand, type BrandProps } from "./brand";
import { FocusHeading } from "./focus-heading";
import { NavTabs } from "./nav-tabs";

interface AppFrameProps extends AccountMenuProps {
  branding: BrandProps;
  /** Whose data the page shows: the customer's name, or "Staff". */
  scope: string;
  tabs: { title: string; href: string }[];
  children: ReactNode;
}

/** What surrounds every page of a signed-in person. */
export function AppFrame({ branding, scope, tabs, person, places, children }: AppFrameProps) {
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 font-medium focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the content
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto max-w-6xl px-4 sm:px-8">
          <div className="flex h-14 items-center justify-between gap-4">
            <div className="flex min-w-0 items-center gap-3">
              <Link href="/" className="min-w-0 shrink rounded-md">
                <Brand {...branding} />
              </Link>
              <span aria-hidden className="h-5 w-px shrink-0 rotate-[18deg] bg-line-strong/60" />
              <span className="min-w-0 truncate text-muted">{scope}</span>
            </div>
            <AccountMenu person={person} places={places} />
          </div>
          <div className="-ml-3">
            <NavTabs tabs={tabs} />
          </div>
        </div>
      </header>
      <main id="content" className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 sm:px-8 sm:py-10">
        {children}
      </main>
      <FocusHeading />
    </>
  );
}
