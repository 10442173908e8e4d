"use client";

import { ExternalLink } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import type { MarkLaunched } from "./actions";

interface LaunchLinkProps {
  url: string;
  customer: string;
  connectionId: string;
  /** The way on is then what to do next, not this link. */
  openedBefore: boolean;
  markLaunched: MarkLaunched;
}

/** A real link, so that it can be copied or sent to a colleague; opening it is only noted, never waited for. */
export function LaunchLink({ url, customer, connectionId, openedBefore, markLaunched }: LaunchLinkProps) {
  function note() {
    markLaunched({ customer, connectionId }).catch(() => undefined);
  }

  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title="Opens in a new tab"
      onClick={note}
      className={buttonStyle({ variant: openedBefore ? "secondary" : "primary", size: "large" })}
    >
      Open AWS CloudFormation
      <ExternalLink aria-hidden />
    </a>
  );
}
