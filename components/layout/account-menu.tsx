import { Check, LogOut } from "lucide-react";
import Link from "next/link";

export interface AccountMenuProps {
  person: { name: string; email: string | null };
  /** Where this person may go: their customers, the staff pages. */
  places: { title: string; href: string; current: boolean }[];
}

const entry = "flex w-full items-center justify-between gap-3 rounded-md px-2.5 py-2 text-left hover:bg-hover";

/** A popover of the browser: closes by Escape and by a click beside it, without script. */
export function AccountMenu({ person, places }: AccountMenuProps) {
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        className="flex size-8 shrink-0 items-center justify-center rounded-full border border-line bg-sunken font-medium text-muted text-xs hover:text-ink"
      >
        <span aria-hidden>{initials(person.name)}</span>
        <span className="sr-only">Account of {person.name}</span>
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed inset-auto top-14 right-4 m-0 w-64 rounded-xl border border-line bg-surface p-1.5 text-ink shadow-overlay sm:right-[max(2rem,calc((100vw-72rem)/2+2rem))]"
      >
        <div className="px-2.5 pt-1.5 pb-2.5">
          <p className="truncate font-medium">{person.name}</p>
          {person.email && person.email !== person.name ? (
            <p className="truncate text-muted text-xs">{person.email}</p>
          ) : null}
        </div>
        {places.length > 0 ? (
          <ul className="border-line border-t py-1.5">
            {places.map(({ title, href, current }) => (
              <li key={href}>
                <Link href={href} className={entry} aria-current={current ? "true" : undefined}>
                  <span className="truncate">{title}</span>
                  {current ? <Check aria-hidden className="size-4 text-muted" /> : null}
                </Link>
              </li>
            ))}
          </ul>
        ) : null}
        <div className="border-line border-t pt-1.5">
          <Link href="/sign-out" className={entry}>
            Sign out
            <LogOut aria-hidden className="size-4 text-muted" />
          </Link>
        </div>
      </div>
    </>
  );
}

function initials(name: string): string {
  const words =
    name
      .split("@")[0]
      ?.split(/[\s._-]+/)
      .filter(Boolean) ?? [];
  const [first = "?", ...rest] = words;
  return `${first.charAt(0)}${rest.at(-1)?.charAt(0) ?? ""}`.toUpperCase();
}
