"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** Answers a click on a link at once, with a bar at the top until the page that it leads to is there. */
export function NavigationBar() {
  const address = `${usePathname()}?${useSearchParams()}`;
  const [from, setFrom] = useState<string | null>(null);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link && leadsElsewhere(link)) setFrom(address);
    };
    window.addEventListener("click", onClick, true);
    return () => window.removeEventListener("click", onClick, true);
  }, [address]);

  return from === address ? (
    <div aria-hidden data-testid="navigation" className="fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden">
      <div className="h-full w-full animate-breathe bg-accent-ink" />
    </div>
  ) : null;
}

/** To another page of the portal, in this tab. */
function leadsElsewhere(link: HTMLAnchorElement): boolean {
  if (!link.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return false;
  const here = window.location;
  return link.origin === here.origin && (link.pathname !== here.pathname || link.search !== here.search);
}
