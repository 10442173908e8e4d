"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";

interface DialogProps {
  title: string;
  /** Also by Escape. */
  onClose: () => void;
  children: ReactNode;
}

/** Asks for one thing above the page; it is open for as long as it is rendered. The browser's own element keeps the focus in it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-6 text-ink shadow-overlay backdrop:bg-black/40"
    >
      <h2 id={id} className="font-semibold text-lg">
        {title}
      </h2>
      <div className="mt-3">{children}</div>
    </dialog>
  );
}
