"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { SignInAgain } from "@/components/auth/sign-in-again";
import { reviewFilePath, setupPath } from "@/components/connections/paths";
import { PermissionReview } from "@/components/connections/permission-review";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { requestProblem } from "@/components/ui/request-problem";
import { useFormDraft } from "@/components/ui/use-form-draft";
import type { PermissionReviewView } from "@/lib/connections/review-schema";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { CreateConnection, ReviseConnection } from "./actions";
import { ExternalIdLine } from "./external-id-line";
import { FeatureChoice } from "./feature-choice";
import { grantedConnection, noteGranted } from "./granted-request";
import { type RegionChoice, ReviewFields } from "./review-fields";
import { StepFooter } from "./step-footer";

type Made = Pick<
  ConnectionDetail,
  "id" | "name" | "accountId" | "region" | "features" | "externalId" | "roleArn" | "provenAt"
>;

interface ReviewFormProps {
  customer: string;
  productName: string;
  /** Null while there is none yet. */
  connection: Made | null;
  /** Names the wish for a new one, so that it is granted once. */
  requestId: string;
  suggested: { name: string; region: string };
  regions: RegionChoice[];
  review: PermissionReviewView;
  createConnection: CreateConnection;
  reviseConnection: ReviseConnection;
}

interface Fault {
  message: string | null;
  signedOut: boolean;
  fields: Record<string, string>;
}

const noFault: Fault = { message: null, signedOut: false, fields: {} };

/** The first step: what is to be connected, and all that it allows. Continuing makes the connection once, and changes it from then on. */
export function ReviewForm(props: ReviewFormProps) {
  const { customer, productName, connection, requestId, suggested, regions, review } = props;
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const forgetDraft = useFormDraft(form, connection ? `review:${connection.id}` : `review:${customer}`);
  const [chosen, setChosen] = useState<readonly string[]>(connection?.features ?? defaultsOf(review));
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState(noFault);

  useEffect(() => {
    const made = connection ? null : grantedConnection(requestId);
    if (made) router.replace(setupPath(customer, made, "review"));
  }, [connection, requestId, customer, router]);

  async function save(answers: Answers) {
    const { createConnection, reviseConnection } = props;
    if (connection) return reviseConnection({ customer, connectionId: connection.id, ...answers });
    return createConnection({ customer, requestId, ...answers });
  }

  async function submit(fields: FormData) {
    if (pending) return;
    setPending(true);
    try {
      const result = await save(answersOf(fields, connection));
      if (!result.ok) {
        setPending(false);
        const { message, code, fields: faults } = result;
        return setFault({
          message: faults ? null : message,
          signedOut: code === "not-signed-in",
          fields: faults ?? {},
        });
      }
      forgetDraft();
      if (!connection) noteGranted(requestId, result.data.connectionId);
      router.push(setupPath(customer, result.data.connectionId, "launch"));
    } catch (error) {
      setFault({ ...noFault, message: `${requestProblem(error)} What you entered is kept.` });
      setPending(false);
    }
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    submit(new FormData(event.currentTarget));
  }

  return (
    // React itself calls the action for a form that was sent before the page's script came.
    <form ref={form} action={submit} onSubmit={onSubmit} noValidate className="space-y-6">
      <Card className="space-y-5 p-5 sm:p-6">
        {fault.message ? (
          <Alert tone="danger" role="alert">
            {fault.message} {fault.signedOut ? <SignInAgain /> : null}
          </Alert>
        ) : null}
        <ReviewFields
          initial={connection ?? { ...suggested, accountId: null }}
          fixed={{ place: connection?.roleArn != null }}
          regions={regions}
          faults={fault.fields}
        />
        <FeatureChoice
          features={review.features}
          chosen={chosen}
          fixed={connection?.provenAt != null}
          onChange={setChosen}
        />
        <ExternalIdLine productName={productName} externalId={connection?.externalId ?? null} />
      </Card>
      <PermissionReview
        productName={productName}
        review={review}
        chosen={chosen}
        downloadPath={reviewFilePath(customer, connection?.id)}
      />
      <StepFooter sticky hint="Nothing is created in your AWS account yet.">
        <Button type="submit" variant="primary" size="large" pending={pending}>
          Continue
        </Button>
      </StepFooter>
    </form>
  );
}

interface Answers {
  name: string;
  region: string;
  accountId: string | null;
  features: string[];
}

/** What cannot be changed any more is in no field of the form. */
function answersOf(fields: FormData, connection: Made | null): Answers {
  const text = (name: string) => fields.get(name)?.toString();
  return {
    name: text("name") ?? "",
    region: text("region") ?? connection?.region ?? "",
    accountId: (text("accountId") ?? connection?.accountId ?? "").trim() || null,
    features: connection?.provenAt ? connection.features : fields.getAll("feature").map(String),
  };
}

function defaultsOf({ features }: PermissionReviewView): string[] {
  return features.filter((feature) => feature.default).map(({ id }) => id);
}
