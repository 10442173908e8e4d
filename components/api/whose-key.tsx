"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const choices = [
  { value: "one", title: "One customer", effect: "It finds nothing of others." },
  { value: "all", title: "All customers", effect: "A program that has it reaches every customer." },
];

/** Whom a key is for: one customer, unless all are chosen. */
export function WhoseKey({ error }: { error: string | undefined }) {
  const [whose, setWhose] = useState("one");
  return (
    <fieldset className="space-y-2">
      <legend className="mb-2 font-medium text-sm">For</legend>
      {choices.map(({ value, title, effect }) => (
        <label key={value} className="flex items-start gap-2.5">
          <input
            type="radio"
            name="whose"
            value={value}
            className="mt-0.5 size-4 shrink-0 accent-accent"
            checked={whose === value}
            onChange={() => setWhose(value)}
          />
          <span>
            <span className="font-medium">{title}</span>
            <span className="block text-[13px] text-muted">{effect}</span>
          </span>
        </label>
      ))}
      {whose === "one" ? (
        <div className="pt-2">
          <Field
            label="Customer"
            description="Your own reference of it, as in the address of its pages: /c/REFERENCE."
            error={error}
          >
            {(control) => <Input {...control} name="customer" autoComplete="off" spellCheck={false} />}
          </Field>
        </div>
      ) : null}
    </fieldset>
  );
}
