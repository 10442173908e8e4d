import type { ReactNode } from "react";
import { StepNumber } from "@/components/ui/step-number";

interface StepProps {
  number: number;
  title: string;
  isDone?: boolean;
  children?: ReactNode;
}

/** One step of a list: its number, or a tick once it is done. */
export function Step({ number, title, isDone = false, children }: StepProps) {
  return (
    <li className="flex gap-3.5">
      <StepNumber number={number} isDone={isDone} />
      <div className="min-w-0 flex-1 space-y-2">
        <h3 className="font-medium leading-6">
          {title}
          {isDone ? <span className="sr-only"> (done)</span> : null}
        </h3>
        {children}
      </div>
    </li>
  );
}
