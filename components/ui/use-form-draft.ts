"use client";

import { type RefObject, useEffect } from "react";

/**
 * Keeps what is typed into a form's fields in this tab, so that it survives a reload; gives what forgets it. The fields keep their own
 * values, so what was typed before the page's script came is kept too.
 */
export function useFormDraft(form: RefObject<HTMLFormElement | null>, key: string): () => void {
  useEffect(() => {
    const fields = form.current;
    if (!fields) return;
    const kept = read(key);
    for (const field of draftFields(fields)) {
      const value = kept[field.name];
      if (value !== undefined && field.value === initialValue(field)) field.value = value;
    }
    const keep = () => {
      const values = draftFields(fields).map(({ name, value }) => [name, value] as const);
      sessionStorage.setItem(storageKey(key), JSON.stringify(Object.fromEntries(values)));
    };
    fields.addEventListener("input", keep);
    return () => fields.removeEventListener("input", keep);
  }, [form, key]);

  return () => sessionStorage.removeItem(storageKey(key));
}

type DraftField = HTMLInputElement | HTMLSelectElement;

function draftFields(form: HTMLFormElement): DraftField[] {
  return [...form.elements].filter(
    (field): field is DraftField =>
      (field instanceof HTMLInputElement && field.type !== "checkbox") || field instanceof HTMLSelectElement,
  );
}

function initialValue(field: DraftField): string {
  if (field instanceof HTMLInputElement) return field.defaultValue;
  return [...field.options].find(({ defaultSelected }) => defaultSelected)?.value ?? field.options[0]?.value ?? "";
}

function read(key: string): Record<string, string | undefined> {
  return JSON.parse(sessionStorage.getItem(storageKey(key)) ?? "{}") as Record<string, string | undefined>;
}

function storageKey(key: string): string {
  return `draft:${key}`;
}
