"use client";

import { type FormEvent, useState } from "react";
import type { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { createApiKeyInput } from "@/lib/api-keys/schema";
import { issuingScope } from "@/lib/api-keys/state";
import type { CreateApiKey } from "./actions";
import { ConfirmIssuing } from "./confirm-issuing";
import { LifetimeField } from "./lifetime-field";
import { ScopeChoice, type ScopeMeaning } from "./scope-choice";
import { ShownOnce } from "./shown-once";
import { useNewKey } from "./use-new-key";
import { WhoseKey } from "./whose-key";

interface NewKeyFormProps {
  scopes: readonly ScopeMeaning[];
  createApiKey: CreateApiKey;
}

type Wanted = z.input<typeof createApiKeyInput>;

/** Makes a key; whom it is for is asked before what it may do. */
export function NewKeyForm({ scopes, createApiKey }: NewKeyFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [toConfirm, setToConfirm] = useState<Wanted | null>(null);
  const { made, errors, pending, ask, forget } = useNewKey();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = wantedKey(new FormData(event.currentTarget));
    if (wanted.customer === null && wanted.scopes.includes(issuingScope)) setToConfirm(wanted);
    else void ask(() => createApiKey(wanted));
  }

  if (made) return <ShownOnce made={made} forget={forget} />;
  return (
    <Card className="px-5 py-5 sm:px-6 sm:py-6">
      <form onSubmit={submit} noValidate className="space-y-6">
        {errors.form ? (
          <Alert tone="danger" role="alert">
            {errors.form}
          </Alert>
        ) : null}
        <Field label="Name" description="The service that will use it. Each gets a key of its own." error={errors.name}>
          {(control) => <Input {...control} name="name" maxLength={80} autoComplete="off" />}
        </Field>
        <WhoseKey error={errors.customer} />
        <ScopeChoice scopes={scopes} chosen={chosen} onChange={setChosen} error={errors.scopes} />
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <LifetimeField label="Expires" scopes={chosen} error={errors.days ?? errors.expires} />
          <Field
            label="Networks (optional)"
            description="Addresses and ranges that it works from, such as 203.0.113.0/24. Empty: from anywhere."
            error={errors.networks}
          >
            {(control) => (
              <Input {...control} name="networks" autoComplete="off" spellCheck={false} className="font-mono" />
            )}
          </Field>
        </div>
        <Button type="submit" variant="primary" pending={pending}>
          Make the key
        </Button>
      </form>
      {toConfirm ? (
        <ConfirmIssuing
          onClose={() => setToConfirm(null)}
          onConfirm={() => {
            setToConfirm(null);
            void ask(() => createApiKey({ ...toConfirm, confirmed: true }));
          }}
        />
      ) : null}
    </Card>
  );
}

function wantedKey(form: FormData): Wanted {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    name: text("name"),
    scopes: form.getAll("scope").map(String),
    customer: form.get("whose") === "all" ? null : text("customer"),
    days: Number(text("days")),
    networks: text("networks")
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}
