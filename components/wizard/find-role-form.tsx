"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useDraft } from "@/components/ui/use-draft";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { FindRole } from "./actions";
import { FindRoleProgress } from "./find-role-progress";
import { SearchChecklist } from "./search-checklist";
import { SearchEnded } from "./search-ended";
import { useRoleSearch } from "./use-role-search";

interface FindRoleFormProps {
  target: { customer: string; connectionId: string };
  connection: Pick<ConnectionDetail, "stackName" | "region" | "externalId">;
  initialAccountId: string;
  roleName: string;
  leaving: boolean;
  findRole: FindRole;
  onFound: () => Promise<void>;
  /** Names the role that was looked for and verifies it. */
  onDiagnose: (roleArn: string) => Promise<void>;
}

export function FindRoleForm({
  target,
  connection,
  initialAccountId,
  roleName,
  leaving,
  findRole,
  onFound,
  onDiagnose,
}: FindRoleFormProps) {
  const [accountId, setAccountId, forgetAccountId] = useDraft(`${target.connectionId}:account-id`, initialAccountId);
  const [formatError, setFormatError] = useState<string>();
  const search = useRoleSearch(findRole, async () => {
    forgetAccountId();
    await onFound();
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (search.searching || leaving) return;
    if (accountId.trim() === "") return setFormatError("Enter the 12 digits of the account.");
    setFormatError(undefined);
    search.start({ ...target, accountId });
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-4 p-5 sm:p-6">
      <div>
        <h2 className="font-semibold text-[15px]">Let us find the role</h2>
        <p className="mt-1 text-muted">
          The stack names it <code className="break-all font-mono text-[12.5px] text-ink">{roleName}</code>, so the
          account is all we need to know.
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
            value={accountId}
            onChange={(event) => setAccountId(event.target.value)}
            inputMode="numeric"
            autoComplete="off"
            placeholder="1111-2222-3333"
            readOnly={search.searching}
            className="max-w-60 font-mono tabular-nums"
          />
        )}
      </Field>
      {search.searching ? (
        <FindRoleProgress
          startedAt={search.startedAt}
          explanation={search.explanation}
          checklist={<SearchChecklist accountId={accountId} connection={connection} />}
          onStop={search.stop}
        />
      ) : search.ended ? (
        <SearchEnded
          {...search.ended}
          leaving={leaving}
          checklist={<SearchChecklist accountId={accountId} connection={connection} />}
          onDiagnose={onDiagnose}
        />
      ) : (
        <Button type="submit" variant="primary" pending={leaving}>
          Find the role
        </Button>
      )}
    </form>
  );
}
