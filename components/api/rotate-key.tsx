"use client";

import { type FormEvent, useState } from "react";
import type { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ApiKeyView, rotateApiKeyInput } from "@/lib/api-keys/schema";
import { issuingScope } from "@/lib/api-keys/state";
import type { RotateApiKey } from "./actions";
import { ConfirmIssuing } from "./confirm-issuing";
import { LifetimeField } from "./lifetime-field";
import { ShownOnce } from "./shown-once";
import { useNewKey } from "./use-new-key";

const overlaps = [
  { hours: 0, words: "not at all" },
  { hours: 1, words: "for 1 hour" },
  { hours: 24, words: "for 1 day" },
  { hours: 72, words: "for 3 days" },
  { hours: 168, words: "for 7 days" },
];

/** A new secret for the same program; the old one works on until the program has changed over. */
export function RotateKey({ apiKey, rotateApiKey }: { apiKey: ApiKeyView; rotateApiKey: RotateApiKey }) {
  const [toConfirm, setToConfirm] = useState<z.input<typeof rotateApiKeyInput> | null>(null);
  const { made, errors, pending, ask, forget } = useNewKey();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = {
      apiKeyId: apiKey.id,
      days: Number(form.get("days")),
      overlapHours: Number(form.get("overlap")),
    };
    if (apiKey.customer === null && apiKey.scopes.includes(issuingScope)) setToConfirm(wanted);
    else void ask(() => rotateApiKey(wanted));
  }

  if (made) return <ShownOnce made={made} forget={forget} />;
  return (
    <Section
      title="Rotate"
      description="Makes a new key with the same name, scopes, customer and networks. Let the program use it while the old one still works."
    >
      <form onSubmit={submit} className="space-y-5">
        {errors.form ? (
          <Alert tone="danger" role="alert">
            {errors.form}
          </Alert>
        ) : null}
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <LifetimeField label="The new key expires" scopes={apiKey.scopes} error={errors.days ?? errors.expires} />
          <Field
            label="The old key works on"
            description="Never longer than it would have."
            error={errors.overlapHours}
          >
            {(control) => (
              <Select {...control} name="overlap" defaultValue={24}>
                {overlaps.map(({ hours, words }) => (
                  <option key={hours} value={hours}>
                    {words}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Button type="submit" pending={pending}>
          Rotate the key
        </Button>
      </form>
      {toConfirm ? (
        <ConfirmIssuing
          onClose={() => setToConfirm(null)}
          onConfirm={() => {
            setToConfirm(null);
            void ask(() => rotateApiKey({ ...toConfirm, confirmed: true }));
          }}
        />
      ) : null}
    </Section>
  );
}
