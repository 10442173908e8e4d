"use client";

import { useEffect, useState } from "react";
import { relativeTime } from "./time-words";

const REFRESH_MS = 30_000;

/** Keeps a relative time true while the page stays open. */
export function LiveTime({ at, exact, initial }: { at: string; exact: string; initial: string }) {
  const [text, setText] = useState(initial);

  useEffect(() => {
    const refresh = () => setText(relativeTime(new Date(at), new Date()));
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [at]);

  return (
    // What the server wrote may be a moment older.
    <time dateTime={at} title={exact} className="whitespace-nowrap" suppressHydrationWarning>
      {text}
    </time>
  );
}
