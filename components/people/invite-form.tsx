"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { requestProblem } from "@/components/ui/request-problem";
import { Select } from "@/components/ui/select";
import type { InvitePerson } from "./actions";
import { LinkToSend } from "./link-to-send";

interface Invited {
  email: string;
  url: string;
}

export function InviteForm({ customer, invitePerson }: { customer: string; invitePerson: InvitePerson }) {
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<"viewer" | "admin">("viewer");
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [invited, setInvited] = useState<Invited | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setErrors({});
    try {
      const result = await invitePerson({ customer, email, role });
      if (!result.ok) return setErrors(result.fields ?? { form: result.message });
      setInvited({ email, url: result.data.url });
      setEmail("");
      router.refresh();
    } catch (error) {
      setErrors({ form: requestProblem(error) });
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="space-y-5">
      <form onSubmit={submit} noValidate className="space-y-4">
        {errors.form ? (
          <Alert tone="danger" role="alert">
            {errors.form}
          </Alert>
        ) : null}
        <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_16rem]">
          <Field label="E-mail address" error={errors.email}>
            {(control) => (
              <Input
                {...control}
                // A browser's own field for e-mail takes no letters beyond ASCII before the @.
                type="text"
                inputMode="email"
                autoCapitalize="none"
                spellCheck={false}
                name="email"
                autoComplete="off"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Role"
            description="Viewers can look; admins can also connect accounts and invite people."
            error={errors.role}
          >
            {(control) => (
              <Select
                {...control}
                name="role"
                value={role}
                onChange={(event) => setRole(event.target.value === "admin" ? "admin" : "viewer")}
              >
                <option value="viewer">Viewer</option>
                <option value="admin">Admin</option>
              </Select>
            )}
          </Field>
        </div>
        <Button type="submit" variant="primary" pending={pending}>
          Invite
        </Button>
      </form>
      {invited ? <LinkToSend {...invited} /> : null}
    </div>
  );
}
