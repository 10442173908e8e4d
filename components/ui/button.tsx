import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";

/** Also for links that look like buttons: `<Link className={buttonStyle({ variant: "primary" })}>`. */
export const buttonStyle = cva("button", {
  variants: {
    variant: {
      primary: "border-accent-line bg-accent text-on-accent shadow-control hover:bg-accent-hover",
      secondary: "border-line bg-surface text-ink shadow-control hover:bg-hover",
      ghost: "border-transparent text-muted hover:bg-hover hover:text-ink",
      danger: "border-transparent bg-danger-fill text-white shadow-control hover:bg-danger-fill-hover",
    },
    size: {
      small: "h-8 px-2.5 text-[13px]",
      medium: "h-9 px-3.5 text-sm",
      large: "h-11 px-5 text-[15px]",
      icon: "size-8 px-0",
    },
  },
  defaultVariants: { variant: "secondary", size: "medium" },
});

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Shows that it works and takes no second click; the size stays. */
  pending?: boolean;
}

export function Button({ variant, size, pending = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      className={classNames(buttonStyle({ variant, size }), pending && "aria-disabled:opacity-80", className)}
    >
      {pending ? <Spinner className="absolute" /> : null}
      <span className={classNames("inline-flex items-center gap-2", pending && "opacity-0")}>{children}</span>
    </button>
  );
}
