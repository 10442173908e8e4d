"use client";

import { useEffect, useState } from "react";

/**
 * State that survives a reload of the page in this tab. For text that is no secret: `mayKeep` says no where a person could
 * have pasted one.
 */
export function useDraft(
  key: string,
  initial: string,
  mayKeep: (value: string) => boolean = () => true,
): [string, (value: string) => void, () => void] {
  const storageKey = `draft:${key}`;
  const [value, setValue] = useState(initial);

  useEffect(() => {
    const kept = sessionStorage.getItem(storageKey);
    if (kept !== null) setValue(kept);
  }, [storageKey]);

  function change(next: string) {
    setValue(next);
    if (mayKeep(next)) sessionStorage.setItem(storageKey, next);
    else sessionStorage.removeItem(storageKey);
  }

  return [value, change, () => sessionStorage.removeItem(storageKey)];
}
