import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export const controlStyle =
  "h-10 w-full rounded-lg border border-line-strong/70 bg-surface px-3 text-base text-ink shadow-control transition-colors placeholder:text-muted/80 hover:border-line-strong focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger sm:text-sm";

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} {...rest} className={classNames(controlStyle, className)} />;
}
