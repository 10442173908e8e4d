"use client";

import { useEffect, useState } from "react";

interface Shown {
  text: string;
  top: number;
  left: number;
}

const local = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Where nothing hovers, a tap on a relative time says the exact one, in UTC and by the reader's own clock. One for all of a page. */
export function ExactTimes() {
  const [shown, setShown] = useState<Shown | null>(null);

  useEffect(() => {
    let byTouch = false;
    const onDown = ({ pointerType }: PointerEvent) => {
      byTouch = pointerType === "touch";
    };
    const onClick = (event: MouseEvent) => {
      const time = event.target instanceof Element ? event.target.closest<HTMLTimeElement>("time[title]") : null;
      if (!time || !byTouch) return setShown(null);
      // Not the way of a link around it.
      event.preventDefault();
      const { bottom, left } = time.getBoundingClientRect();
      setShown({ text: words(time), top: bottom + window.scrollY + 6, left: Math.max(8, left + window.scrollX) });
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "Escape") setShown(null);
    };
    document.addEventListener("pointerdown", onDown, true);
    document.addEventListener("click", onClick, true);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onDown, true);
      document.removeEventListener("click", onClick, true);
      document.removeEventListener("keydown", onKey);
    };
  }, []);

  if (!shown) return null;
  return (
    <div
      role="tooltip"
      style={{ top: shown.top, left: shown.left, maxWidth: `calc(100vw - ${shown.left + 8}px)` }}
      className="absolute z-50 rounded-lg border border-line bg-surface px-3 py-2 text-[13px] text-ink shadow-overlay"
    >
      {shown.text}
    </div>
  );
}

function words(time: HTMLTimeElement): string {
  const at = new Date(time.dateTime);
  return at.getTimezoneOffset() === 0 ? time.title : `${time.title} · ${local.format(at)} your time`;
}
