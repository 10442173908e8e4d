import { CopyButton } from "./copy-button";

/** One short value that is carried elsewhere, such as an ARN, with its copy button. */
export function CopyValue({ value, what }: { value: string; what: string }) {
  return (
    <span className="flex min-w-0 items-start gap-1">
      <code className="min-w-0 break-all py-1.5 font-mono text-[12.5px] leading-5">{value}</code>
      <CopyButton value={value} what={what} compact />
    </span>
  );
}
