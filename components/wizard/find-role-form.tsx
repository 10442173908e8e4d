"use client";

import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useFormDraft } from "@/components/ui/use-form-draft";
import type { StackRepairs } from "@/lib/connections/schema";
import type { FindRole } from "./actions";
import { FindRoleProgress } from "./find-role-progress";
import { SearchChecklist } from "./search-checklist";
import { SearchEnded } from "./search-ended";
import { useRoleSearch } from "./use-role-search";

interface FindRoleFormProps {
  target: { customer: string; connectionId: string };
  repairs: StackRepairs;
  /** As it is known already; empty where it is not. */
  accountId: string;
  /** The account is known and no role is yet: the search begins by itself. */
  begins: boolean;
  roleName: string;
  leaving: boolean;
  findRole: FindRole;
  onFound: () => Promise<void>;
  /** Names the role that was looked for and verifies it. */
  onDiagnose: (roleArn: string) => Promise<void>;
}

export function FindRoleForm(props: FindRoleFormProps) {
  const { target, repairs, accountId: known, begins, roleName, leaving, findRole, onFound, onDiagnose } = props;
  const form = useRef<HTMLFormElement>(null);
  const forgetDraft = useFormDraft(form, `account:${target.connectionId}`);
  const [accountId, setAccountId] = useState(known);
  const [formatError, setFormatError] = useState<string>();
  const search = useRoleSearch(findRole, async () => {
    forgetDraft();
    await onFound();
  });

  const begin = useEffectEvent(() => {
    if (begins) search.start({ ...target, accountId: known });
  });
  useEffect(() => begin(), []);

  function look(fields: FormData) {
    if (search.time || leaving) return;
    const entered = (fields.get("accountId") ?? "").toString();
    if (entered.trim() === "") return setFormatError("Enter the 12 digits of the account.");
    setFormatError(undefined);
    setAccountId(entered);
    search.start({ ...target, accountId: entered });
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    look(new FormData(event.currentTarget));
  }

  const checklist = <SearchChecklist accountId={accountId} repairs={repairs} />;
  return (
    <form ref={form} action={look} onSubmit={onSubmit} noValidate className="space-y-4 p-5 sm:p-6">
      <div>
        <h2 className="font-semibold text-[15px]">{known ? "We look for the role" : "Which AWS account is it?"}</h2>
        <p className="mt-1 text-muted">
          The stack names it <code className="break-all font-mono text-[12.5px] text-ink">{roleName}</code>, so the
          account is all we need to know. Once it is there, its verification begins.
        </p>
      </div>
      <Field
        label="AWS account ID"
        description="12 digits, in the top right menu of the AWS console."
        error={formatError ?? search.error}
      >
        {(control) => (
          <Input
            {...control}
            name="accountId"
            defaultValue={known}
            inputMode="numeric"
            autoComplete="off"
            placeholder="1111-2222-3333"
            readOnly={search.time !== null}
            className="max-w-60 font-mono tabular-nums"
          />
        )}
      </Field>
      {search.time ? (
        <FindRoleProgress
          time={search.time}
          explanation={search.explanation}
          checklist={checklist}
          onStop={search.stop}
        />
      ) : search.ended ? (
        <SearchEnded {...search.ended} leaving={leaving} checklist={checklist} onDiagnose={onDiagnose} />
      ) : (
        <Button type="submit" variant="primary" pending={leaving}>
          Find the role
        </Button>
      )}
    </form>
  );
}
