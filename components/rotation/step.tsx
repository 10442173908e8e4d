import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

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
      <span
        aria-hidden
        className={classNames(
          "flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-[13px]",
          isDone ? "border-success-line bg-success-soft text-success" : "border-line bg-sunken text-muted",
        )}
      >
        {isDone ? <Check className="size-3.5" /> : number}
      </span>
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
