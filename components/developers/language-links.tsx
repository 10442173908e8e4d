import Link from "next/link";

interface LanguageLinksProps {
  languages: readonly { title: string; href: string; isCurrent: boolean }[];
}

/** In which language the samples of a page are. The choice is in the address, so that it needs no script and can be sent on. */
export function LanguageLinks({ languages }: LanguageLinksProps) {
  return (
    <nav aria-label="Language of the samples" className="sticky top-0 z-10 -mx-1 bg-canvas px-1 py-2">
      <ul className="inline-flex gap-1 rounded-lg border border-line bg-surface p-1">
        {languages.map(({ title, href, isCurrent }) => (
          <li key={title}>
            <Link
              href={href}
              scroll={false}
              aria-current={isCurrent ? "true" : undefined}
              className="block rounded-md px-2.5 py-1 text-muted hover:text-ink aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink"
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
