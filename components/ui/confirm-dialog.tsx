"use client";

import type { ReactNode } from "react";
import type { ActionResult } from "@/lib/action";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { useAction } from "./use-action";

interface ConfirmDialogProps {
  title: string;
  /** What follows from it. */
  children: ReactNode;
  confirm: string;
  keep: string;
  /** Cannot be undone. */
  isFinal?: boolean;
  ask: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before something is done, and says why when it could not be. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, keep, isFinal = false, ask, onClose, onDone } = props;
  const { pending, problem, run } = useAction(ask);
  const done = () => {
    onClose();
    onDone();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="space-y-2">{children}</div>
      {problem ? (
        <p role="alert" className="mt-3 text-danger">
          {problem}
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{keep}</Button>
        <Button variant={isFinal ? "danger" : "primary"} pending={pending} onClick={() => run(done)}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
