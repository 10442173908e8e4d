"use client";

import { useEffect, useState } from "react";
import { timeLeft } from "@/components/ui/time-words";

/** What is left until a moment. `initial` is written by the server, so that the page arrives complete. */
export function Countdown({ until, initial }: { until: string; initial: string }) {
  const [text, setText] = useState(initial);

  useEffect(() => {
    const refresh = () => setText(timeLeft(new Date(until), new Date()));
    refresh();
    const timer = setInterval(refresh, 1_000);
    return () => clearInterval(timer);
  }, [until]);

  return <span className="tabular-nums">{text}</span>;
}
