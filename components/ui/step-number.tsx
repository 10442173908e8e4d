import { Check } from "lucide-react";
import { classNames } from "./class-names";

/** The number of a step in a list, or a tick once it is done. */
export function StepNumber({ number, isDone = false }: { number: number; isDone?: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-[13px]",
        isDone ? "border-success-line bg-success-soft text-success" : "border-line bg-sunken text-muted",
      )}
    >
      {isDone ? <Check className="size-3.5" /> : number}
    </span>
  );
}
