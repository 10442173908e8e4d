import "server-only";
import { stripVTControlCharacters } from "node:util";
import { log, redact } from "./log";
import { logFailure } from "./log-failure";

/** Long enough to tell what Next says of one thing from what it says of another, and too short for what a stranger sent. */
const KIND_LENGTH = 24;

/** How Node itself begins a warning, such as that of a package which calls what will be gone one day. */
const ofNode = /^\(node:\d+\) /;

/**
 * What Next and others print, such as the error of a page or an action that does not exist, becomes lines of the log: JSON, censored
 * and bounded like the rest.
 */
export function consoleToLog(): void {
  for (const name of ["error", "warn", "log", "info"] as const)
    console[name] = (...printed: unknown[]) => {
      const error = printed.find((one) => one instanceof Error);
      const text = redact(
        printed
          .filter((one) => one !== error)
          .map(String)
          .join(" ")
          .trim(),
      );
      if (ofNode.test(text)) log.warn(text);
      else if (name === "error") logFailure(error ?? new Printed(text), kindOf(text || error?.message || ""));
      else log[name === "log" ? "info" : name](text);
    };
}

class Printed extends Error {
  override readonly name = "Printed";
  override readonly stack = "";
}

function kindOf(text: string): string {
  const plain = stripVTControlCharacters(text).replaceAll(/\s+/g, " ").trim();
  return plain.length > KIND_LENGTH ? `${plain.slice(0, KIND_LENGTH)}…` : plain || "a page failed";
}
