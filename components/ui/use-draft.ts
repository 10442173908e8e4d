"use client";

import { useEffect, useState } from "react";

/** State that survives a reload of the page in this tab. For text that is no secret. */
export function useDraft(key: string, initial: string): [string, (value: string) => void, () => void] {
  const storageKey = `draft:${key}`;
  const [value, setValue] = useState(initial);

  useEffect(() => {
    const kept = sessionStorage.getItem(storageKey);
    if (kept !== null) setValue(kept);
  }, [storageKey]);

  function change(next: string) {
    setValue(next);
    sessionStorage.setItem(storageKey, next);
  }

  return [value, change, () => sessionStorage.removeItem(storageKey)];
}
