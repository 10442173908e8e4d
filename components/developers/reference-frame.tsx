import Link from "next/link";
import type { ReactNode } from "react";
import { Brand, type BrandProps } from "@/components/layout/brand";
import { FocusHeading } from "@/components/layout/focus-heading";
import { Disclosure } from "@/components/ui/disclosure";

interface Entry {
  title: string;
  href: string;
  isCurrent: boolean;
  /** What is on that page, while it is the one that is open. */
  parts: readonly { title: string; href: string }[];
}

interface ReferenceFrameProps {
  branding: BrandProps;
  contents: readonly Entry[];
  children: ReactNode;
}

/** What surrounds the pages of the API reference, which are for everyone: nobody need be signed in. */
export function ReferenceFrame({ branding, contents, children }: ReferenceFrameProps) {
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 font-medium focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the content
      </a>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-3 px-4 sm:px-8">
          <Brand {...branding} />
          <span aria-hidden className="h-5 w-px shrink-0 rotate-[18deg] bg-line-strong/60" />
          <span className="min-w-0 truncate text-muted">Developers</span>
        </div>
      </header>
      <div className="mx-auto w-full max-w-6xl flex-1 gap-10 px-4 py-6 sm:px-8 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:py-10">
        <div className="mb-6 lg:hidden">
          <Disclosure summary="Contents">
            <Contents contents={contents} label="Contents" />
          </Disclosure>
        </div>
        <div className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] self-start overflow-y-auto lg:block">
          <Contents contents={contents} label="API reference" />
        </div>
        <main id="content" className="min-w-0">
          {children}
        </main>
      </div>
      <FocusHeading />
    </>
  );
}

function Contents({ contents, label }: { contents: readonly Entry[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ul className="space-y-1">
        {contents.map(({ title, href, isCurrent, parts }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent ? "page" : undefined}
              className="block rounded-md px-2.5 py-1.5 font-medium text-muted hover:bg-hover hover:text-ink aria-[current]:text-ink"
            >
              {title}
            </Link>
            {parts.length > 0 ? (
              <ul className="mb-2 ml-2.5 border-line border-l">
                {parts.map((part) => (
                  <li key={part.href}>
                    <a
                      href={part.href}
                      className="block break-words rounded-md px-2.5 py-1 text-[13px] text-muted hover:text-ink"
                    >
                      {part.title}
                    </a>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </nav>
  );
}
