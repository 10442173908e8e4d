import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export function Table({ className, ...rest }: ComponentProps<"table">) {
  return <table {...rest} className={classNames("w-full border-collapse text-left", className)} />;
}

export function TableHead({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames("whitespace-nowrap px-4 py-2.5 font-medium text-muted text-xs", className)}
    />
  );
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={classNames("border-line border-t px-4 py-3 align-middle", className)} />;
}
