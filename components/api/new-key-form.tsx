"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CreateApiKey } from "./actions";
import { LifetimeField } from "./lifetime-field";
import { ScopeChoice, type ScopeMeaning } from "./scope-choice";
import { ShownOnce } from "./shown-once";
import { useNewKey } from "./use-new-key";

interface NewKeyFormProps {
  scopes: readonly ScopeMeaning[];
  createApiKey: CreateApiKey;
}

/** Makes a key; what it is for is asked before what it may do. */
export function NewKeyForm({ scopes, createApiKey }: NewKeyFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isForOne, setIsForOne] = useState(true);
  const { made, errors, pending, ask, forget } = useNewKey();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const wanted = {
      name: text("name"),
      scopes: form.getAll("scope").map(String),
      customer: form.get("whose") === "one" ? text("customer") : null,
      days: Number(text("days")),
    };
    void ask(() => createApiKey(wanted));
  }

  if (made) return <ShownOnce made={made} forget={forget} />;
  return (
    <form onSubmit={submit} noValidate className="space-y-6">
      {errors.form ? (
        <Alert tone="danger" role="alert">
          {errors.form}
        </Alert>
      ) : null}
      <Field label="Name" description="The service that will use it. Each gets a key of its own." error={errors.name}>
        {(control) => <Input {...control} name="name" maxLength={80} autoComplete="off" />}
      </Field>
      <Whose isForOne={isForOne} onChange={setIsForOne} error={errors.customer} />
      <ScopeChoice scopes={scopes} chosen={chosen} onChange={setChosen} error={errors.scopes} />
      <LifetimeField label="Expires" scopes={chosen} error={errors.days ?? errors.expires} />
      <Button type="submit" variant="primary" pending={pending}>
        Make the key
      </Button>
    </form>
  );
}

interface WhoseProps {
  isForOne: boolean;
  onChange: (isForOne: boolean) => void;
  error: string | undefined;
}

function Whose({ isForOne, onChange, error }: WhoseProps) {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-2 font-medium text-sm">For</legend>
      <label className="flex items-start gap-2.5">
        <input
          type="radio"
          name="whose"
          value="one"
          className="mt-0.5 size-4 accent-accent"
          checked={isForOne}
          onChange={() => onChange(true)}
        />
        <span>
          <span className="font-medium">One customer</span>
          <span className="block text-[13px] text-muted">It finds nothing of others.</span>
        </span>
      </label>
      <label className="flex items-start gap-2.5">
        <input
          type="radio"
          name="whose"
          value="all"
          className="mt-0.5 size-4 accent-accent"
          checked={!isForOne}
          onChange={() => onChange(false)}
        />
        <span>
          <span className="font-medium">All customers</span>
          <span className="block text-[13px] text-muted">A program that has it reaches every customer.</span>
        </span>
      </label>
      {isForOne ? (
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
