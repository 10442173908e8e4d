import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { buttonStyle } from "./button";

interface NewTabButtonProps {
  href: string;
  variant?: "primary" | "secondary";
  size?: "medium" | "large";
  children: ReactNode;
}

/** A link that looks like a button and leads out of the portal, which stays open beside it. */
export function NewTabButton({ href, variant = "primary", size = "large", children }: NewTabButtonProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title="Opens in a new tab"
      className={buttonStyle({ variant, size, className: "no-underline!" })}
    >
      {children}
      <ExternalLink aria-hidden />
    </a>
  );
}
