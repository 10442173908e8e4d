"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useAction } from "@/components/ui/use-action";
import type { ConnectionActions } from "./actions";

interface RenameFormProps extends Pick<ConnectionActions, "renameConnection"> {
  customer: string;
  connectionId: string;
  name: string;
  onDone?: () => void;
  /** Beside the button, such as a way out. */
  children?: ReactNode;
}

export function RenameForm({ customer, connectionId, name, renameConnection, onDone, children }: RenameFormProps) {
  const router = useRouter();
  const [wanted, setWanted] = useState(name);
  const [fault, setFault] = useState<string | null>(null);
  const { pending, problem, run } = useAction(async () => {
    const result = await renameConnection({ customer, connectionId, name: wanted });
    setFault(result.ok ? null : (result.fields?.name ?? null));
    return result;
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    run(() => {
      announce("Renamed");
      onDone?.();
      router.refresh();
    });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <Field label="Name" error={fault ?? problem ?? undefined}>
        {(control) => (
          <Input
            {...control}
            name="name"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            maxLength={80}
            autoComplete="off"
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        {children}
        <Button type="submit" variant="primary" pending={pending}>
          Rename
        </Button>
      </div>
    </form>
  );
}
