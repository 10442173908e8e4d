"use client";

import { useEffect, useState } from "react";
import { announce } from "./announce";
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
      announce(`Copied ${what}`);
    } catch {
      setOutcome("failed");
      announce(`Could not copy ${what}. Select the text and copy it by hand.`);
    }
  }

  const name = `Copy ${what}`;
  const icon = (
    <span aria-hidden className={outcome === "copied" ? "glyph glyph-check text-success" : "glyph glyph-copy"} />
  );
  if (compact) {
    return (
      <button type="button" className="icon-button" onClick={copy} aria-label={name} title={name}>
        {icon}
      </button>
    );
  }
  return (
    <Button size="small" onClick={copy} aria-label={name} title={name}>
      {icon}
      <span className="w-12 text-left">{words[outcome]}</span>
    </Button>
  );
}

const words: Record<Outcome, string> = { idle: "Copy", copied: "Copied", failed: "Failed" };
