"use client";

import { ThemeSwitch } from "./theme-switch";

interface SiteFooterProps {
  supportEmail: string;
  links: { title: string; url: string }[];
}

export function SiteFooter({ supportEmail, links }: SiteFooterProps) {
  return (
    <footer className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-6 text-[13px] text-muted sm:px-8">
      <ul className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {links.map(({ title, url }) => (
          <li key={title}>
            <a href={url} className="rounded-sm hover:text-ink">
              {title}
            </a>
          </li>
        ))}
        <li>
          <a href={`mailto:${supportEmail}`} className="rounded-sm hover:text-ink">
            {supportEmail}
          </a>
        </li>
      </ul>
      <ThemeSwitch />
    </footer>
  );
}
