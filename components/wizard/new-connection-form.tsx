"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { SignInAgain } from "@/components/auth/sign-in-again";
import { setupPath } from "@/components/connections/paths";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useDraft } from "@/components/ui/use-draft";
import type { PermissionReviewView } from "@/lib/connections/schema";
import type { CreateConnection } from "./actions";
import { FeatureChoice } from "./feature-choice";
import { requestIdOf } from "./request-id";
import { StepFooter } from "./step-footer";

export interface RegionChoice {
  code: string;
  name: string;
  /** Regions of one partition are shown together, under this name. */
  partitionName: string;
}

interface NewConnectionFormProps {
  customer: string;
  regions: RegionChoice[];
  defaultRegion: string;
  features: PermissionReviewView["features"];
  createConnection: CreateConnection;
}

interface Fault {
  message: string | null;
  signedOut: boolean;
  fields: Record<string, string>;
}

const noFault: Fault = { message: null, signedOut: false, fields: {} };

export function NewConnectionForm({
  customer,
  regions,
  defaultRegion,
  features,
  createConnection,
}: NewConnectionFormProps) {
  const router = useRouter();
  const [name, setName, forgetName] = useDraft(`${customer}:connection-name`, "");
  const [region, setRegion, forgetRegion] = useDraft(`${customer}:region`, defaultRegion);
  const preset = features.filter((feature) => feature.default).map(({ id }) => id);
  const [chosen, setChosen] = useState<readonly string[]>(preset);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState(noFault);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const request = requestIdOf(customer);
    try {
      const result = await createConnection({ customer, name, region, features: [...chosen], requestId: request.id });
      if (!result.ok) {
        setFault({
          message: result.fields ? null : result.message,
          signedOut: result.code === "not-signed-in",
          fields: result.fields ?? {},
        });
        return setPending(false);
      }
      request.forget();
      forgetName();
      forgetRegion();
      router.push(setupPath(customer, result.data.connectionId, "external-id"));
    } catch {
      setFault({ ...noFault, message: "The portal cannot be reached. Nothing is lost. Try again in a moment." });
      setPending(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-6">
      <Card className="space-y-5 p-5 sm:p-6">
        {fault.message ? (
          <Alert tone="danger" role="alert">
            {fault.message} {fault.signedOut ? <SignInAgain /> : null}
          </Alert>
        ) : null}
        <Field
          label="Connection name"
          description="Only for you and your colleagues, such as Production or Data platform."
          error={fault.fields.name}
        >
          {(control) => (
            <Input
              {...control}
              name="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={80}
              autoComplete="off"
              required
            />
          )}
        </Field>
        <Field
          label="Region"
          description="Where the CloudFormation stack is created. The role itself works in every region of the partition."
          error={fault.fields.region}
        >
          {(control) => (
            <Select {...control} name="region" value={region} onChange={(event) => setRegion(event.target.value)}>
              {[...new Set(regions.map(({ partitionName }) => partitionName))].map((title) => (
                <optgroup key={title} label={title}>
                  {regions
                    .filter(({ partitionName }) => partitionName === title)
                    .map(({ code, name: regionName }) => (
                      <option key={code} value={code}>
                        {regionName === code ? code : `${regionName} · ${code}`}
                      </option>
                    ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <FeatureChoice features={features} chosen={chosen} onChange={setChosen} />
      </Card>
      <StepFooter hint="Nothing is created in your AWS account yet.">
        <Button type="submit" variant="primary" size="large" pending={pending}>
          Create external ID
        </Button>
      </StepFooter>
    </form>
  );
}
