"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

interface CopyButtonProps {
  value: string;
  /** What is copied, for the button's name: "external ID" becomes "Copy external ID". */
  what: string;
  /** Only the icon is seen; the name stays for everyone else. */
  compact?: boolean;
}

type Outcome = "idle" | "copied" | "failed";

const SHOWN_FOR_MS = 2_000;

export function CopyButton({ value, what, compact = false }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>("idle");

  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  }

  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <span className="inline-flex shrink-0">
      <Button
        size={compact ? "icon" : "small"}
        variant={compact ? "ghost" : "secondary"}
        onClick={copy}
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
      >
        <Icon aria-hidden className={outcome === "copied" ? "text-success" : undefined} />
        {compact ? null : <span className="w-12 text-left">{words[outcome]}</span>}
      </Button>
      <span aria-live="polite" className="sr-only">
        {announcement(outcome, what)}
      </span>
    </span>
  );
}

const words: Record<Outcome, string> = { idle: "Copy", copied: "Copied", failed: "Failed" };

function announcement(outcome: Outcome, what: string): string {
  if (outcome === "copied") return `Copied ${what}`;
  if (outcome === "failed") return `Could not copy ${what}. Select the text and copy it by hand.`;
  return "";
}
