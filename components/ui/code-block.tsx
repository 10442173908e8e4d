import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  /** What it is, for the copy button's name. */
  what: string;
  code: string;
  className?: string;
}

/** Long lines wrap: nothing scrolls sideways, so every reader sees the whole command. */
export function CodeBlock({ what, code, className }: CodeBlockProps) {
  return (
    <div className={classNames("relative rounded-lg border border-line bg-sunken", className)}>
      <pre className="whitespace-pre-wrap break-all p-3.5 pr-12 font-mono text-[12.5px] leading-relaxed">{code}</pre>
      <div className="absolute top-1.5 right-1.5">
        <CopyButton value={code} what={what} compact />
      </div>
    </div>
  );
}
