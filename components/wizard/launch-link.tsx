"use client";

import { ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { setupPath } from "@/components/connections/paths";
import { buttonStyle } from "@/components/ui/button";
import type { MarkLaunched } from "./actions";

/** Opens a link in another tab, which browsers do not call a click. */
const middle = 1;

interface LaunchLinkProps {
  url: string;
  customer: string;
  connectionId: string;
  /** The way on is then what to do next, not this link. */
  openedBefore: boolean;
  markLaunched: MarkLaunched;
}

/**
 * A real link, so that it can be copied or sent to a colleague. Opening it is noted, and this page goes on to watch for the role while
 * AWS makes it.
 */
export function LaunchLink({ url, customer, connectionId, openedBefore, markLaunched }: LaunchLinkProps) {
  const router = useRouter();

  function watch() {
    markLaunched({ customer, connectionId }).catch(() => undefined);
    router.push(setupPath(customer, connectionId, "role"));
  }

  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title="Opens in a new tab"
      onClick={watch}
      onAuxClick={({ button }) => button === middle && watch()}
      className={buttonStyle({ variant: openedBefore ? "secondary" : "primary", size: "large" })}
    >
      Open AWS CloudFormation
      <ExternalLink aria-hidden />
    </a>
  );
}
