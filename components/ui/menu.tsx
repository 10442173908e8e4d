"use client";

import { type ReactNode, type ToggleEvent, useEffect, useId, useRef, useState } from "react";

export const menuEntryStyle =
  "flex w-full items-center gap-2.5 rounded-md px-2.5 py-2 text-left text-ink hover:bg-hover focus-visible:-outline-offset-2";

interface MenuProps {
  /** Names the button, such as "More for Production". */
  label: string;
  children: ReactNode;
}

/**
 * A button with three dots and what it opens: a popover of the browser, which closes by Escape and by a click beside it. Its entries are
 * made when it first opens, since a list has many menus of which few are opened.
 */
export function Menu({ label, children }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [wasOpened, setWasOpened] = useState(false);

  useEffect(() => {
    // Opened by the browser before this script came.
    if (popover.current?.matches(":popover-open")) setWasOpened(true);
  }, []);

  /** Below the button, within the page. */
  function place({ currentTarget, newState }: ToggleEvent<HTMLDivElement>) {
    if (newState !== "open" || !button.current) return;
    const { bottom, right } = button.current.getBoundingClientRect();
    const left = Math.max(8, right - currentTarget.offsetWidth);
    currentTarget.style.top = `${bottom + window.scrollY + 4}px`;
    currentTarget.style.left = `${left + window.scrollX}px`;
  }

  return (
    <>
      <button ref={button} type="button" popoverTarget={id} aria-label={label} title={label} className="icon-button">
        <span aria-hidden className="glyph glyph-more" />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        onBeforeToggle={() => setWasOpened(true)}
        onToggle={place}
        className="absolute inset-auto m-0 w-52 rounded-xl border border-line bg-surface p-1.5 text-sm shadow-overlay"
      >
        {wasOpened ? children : null}
      </div>
    </>
  );
}

/** Something to do. It closes the menu first, so that the focus is back on its button. */
export function MenuAction({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className={menuEntryStyle}
      onClick={({ currentTarget }) => {
        currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onSelect();
      }}
    >
      {children}
    </button>
  );
}
