import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface StepFooterProps {
  hint?: ReactNode;
  /** Stays in view while the step is longer than the screen. */
  sticky?: boolean;
  children: ReactNode;
}

/** The way on, at the end of a step. */
export function StepFooter({ hint, sticky = false, children }: StepFooterProps) {
  return (
    <div
      className={classNames(
        "flex flex-wrap items-center justify-between gap-x-6 gap-y-3",
        sticky
          ? "sticky bottom-0 z-10 -mx-4 border-line border-t bg-canvas/95 px-4 py-3 backdrop-blur-sm sm:-mx-1 sm:px-1"
          : "pt-2",
      )}
    >
      <p className={classNames("max-w-md text-muted", sticky && "max-sm:sr-only")}>{hint}</p>
      <div className={classNames("ml-auto flex gap-2", sticky && "max-sm:w-full max-sm:[&>*]:flex-1")}>{children}</div>
    </div>
  );
}
