"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyValue } from "@/components/ui/copy-value";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { GroupedAccount } from "./grouped-account";
import type { HandOffProps } from "./hand-off-props";
import { useAccountSearch } from "./use-account-search";

/** Asks for the account where the customer named none, then looks for the role until it is there. */
export function AccountSearch({ token, page, todo, actions, refresh }: HandOffProps) {
  const { accountId, accountIs, launched, roleNamed, verification } = page.progress;
  const settled = accountIs === "named" || accountIs === "confirmed" ? accountId : null;
  const [typed, setTyped] = useState("");
  const search = useAccountSearch(actions.findRoleByLink, refresh);
  const { start } = search;

  // The account is known, so opening the launch link is all that has to be waited for.
  const began = useRef(false);
  useEffect(() => {
    if (began.current || !settled || !launched || roleNamed) return;
    began.current = true;
    start({ token, accountId: settled });
  }, [settled, launched, roleNamed, token, start]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!search.searching) start({ token, accountId: settled ?? typed });
  }

  if (verification?.state === "running") return <p>The role is there. Its verification runs below.</p>;
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {roleNamed && accountId ? (
        <p>
          The role is in account <GroupedAccount accountId={accountId} />.
          {settled ? null : " Wrong account? Enter the right one, as long as nobody confirmed this one."}
        </p>
      ) : settled ? (
        <p>
          Once the stack is complete we find its role in account <GroupedAccount accountId={settled} />. That takes a
          minute or two.
        </p>
      ) : null}
      {settled ? (
        search.error ? (
          <Alert tone="danger" role="alert">
            {search.error}
          </Alert>
        ) : null
      ) : (
        <Field
          label="AWS account ID"
          description="12 digits, in the top right menu of the AWS console: the account in which you created the stack."
          error={search.error}
        >
          {(control) => (
            <Input
              {...control}
              name="accountId"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              inputMode="numeric"
              autoComplete="off"
              placeholder="1111-2222-3333"
              readOnly={search.searching}
              className="max-w-60 font-mono tabular-nums"
            />
          )}
        </Field>
      )}
      {search.searching ? (
        <div className="flex gap-3 rounded-lg border border-info-line bg-info-soft p-4">
          <Spinner className="mt-0.5 shrink-0 text-info" />
          <div className="min-w-0 flex-1">
            <p role="status">
              {search.explanation ?? "Looking for the role. A new stack usually takes about a minute."}
            </p>
            <Button size="small" className="mt-3" onClick={search.stop}>
              Stop looking
            </Button>
          </div>
        </div>
      ) : (
        <>
          {search.ended ? <NotFound explanation={search.ended} todo={todo} /> : null}
          {settled && verification?.outcome === "proven" ? null : (
            <Button type="submit" variant={launched && !roleNamed ? "primary" : "secondary"}>
              {search.ended ? "Look again" : "Find the role"}
            </Button>
          )}
        </>
      )}
    </form>
  );
}

function NotFound({
  explanation,
  todo: { instructions, externalId },
}: { explanation: string } & Pick<HandOffProps, "todo">) {
  return (
    <Alert tone="warning" role="status" title="The role was not found">
      <p>{explanation}</p>
      <ul className="mt-2 list-disc space-y-1.5 pl-5 marker:text-muted">
        <li>
          The stack <code className="break-all font-mono text-[12.5px]">{instructions?.stackName}</code> says
          CREATE_COMPLETE in the Region <code className="font-mono text-[12.5px]">{instructions?.region}</code>.
        </li>
        <li>It is in the account that we look in.</li>
        <li>
          Its parameter ExternalId is exactly this:
          <CopyValue what="external ID" value={externalId} />
        </li>
      </ul>
    </Alert>
  );
}
