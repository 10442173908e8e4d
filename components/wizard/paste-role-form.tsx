"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { requestProblem } from "@/components/ui/request-problem";
import { useDraft } from "@/components/ui/use-draft";
import type { SubmitRoleArn } from "./actions";

interface PasteRoleFormProps {
  target: { customer: string; connectionId: string };
  initialRoleArn: string;
  leaving: boolean;
  submitRoleArn: SubmitRoleArn;
  onAccepted: () => Promise<void>;
}

export function PasteRoleForm({ target, initialRoleArn, leaving, submitRoleArn, onAccepted }: PasteRoleFormProps) {
  const [roleArn, setRoleArn, forgetRoleArn] = useDraft(`${target.connectionId}:role-arn`, initialRoleArn, isArn);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending || leaving) return;
    setPending(true);
    setError(undefined);
    try {
      const result = await submitRoleArn({ ...target, roleArn });
      if (!result.ok) return setError(result.fields?.roleArn ?? result.message);
      forgetRoleArn();
      await onAccepted();
    } catch (error) {
      setError(requestProblem(error));
    } finally {
      setPending(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-4 p-5 sm:p-6">
      <div>
        <h2 className="font-semibold text-[15px]">Or paste the role ARN</h2>
        <p className="mt-1 text-muted">It is in the stack's Outputs tab, named RoleArn.</p>
      </div>
      <Field label="Role ARN" error={error}>
        {(control) => (
          <Input
            {...control}
            name="roleArn"
            value={roleArn}
            onChange={(event) => setRoleArn(event.target.value)}
            placeholder="arn:aws:iam::111122223333:role/…"
            autoComplete="off"
            spellCheck={false}
            className="font-mono sm:text-[13px]!"
          />
        )}
      </Field>
      <Button type="submit" variant={roleArn.trim() ? "primary" : "secondary"} pending={pending}>
        Use this role
      </Button>
    </form>
  );
}

/** An external ID that was pasted here by mistake is not kept. */
function isArn(text: string): boolean {
  return text.trimStart().startsWith("arn:");
}
