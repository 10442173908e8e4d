"use client";

import { useSyncExternalStore } from "react";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The same moment by the reader's own clock, which only their browser knows; nothing where that is UTC. */
export function LocalTime({ at }: { at: Date }) {
  const inBrowser = useSyncExternalStore(nothingToSubscribe, whenInBrowser, whenOnServer);
  const isUtc = at.getTimezoneOffset() === 0;
  return <span suppressHydrationWarning>{inBrowser && !isUtc ? `${clock.format(at)} your time` : null}</span>;
}

const nothingToSubscribe = () => () => undefined;
const whenInBrowser = () => true;
const whenOnServer = () => false;
