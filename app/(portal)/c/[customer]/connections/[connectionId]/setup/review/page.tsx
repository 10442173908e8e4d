import type { Metadata } from "next";
import { ReviewForm } from "@/components/wizard/review-form";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { branding } from "@/lib/branding";
import { createConnection, reviseConnection } from "@/lib/connections/actions";
import { permissionReview, regionGroups } from "@/lib/connections/queries";
import { reviewedStack } from "../../reviewed-stack";
import { openStep, type StepParams } from "../open-step";

export const metadata: Metadata = { title: "Review" };

export default async function ReviewPage({ params }: { params: StepParams }) {
  const { connection, mark } = await openStep(params);
  const { id, customer, name, accountId, region, features, externalId, roleArn, provenAt } = connection;
  return (
    <WizardFrame
      customer={customer}
      connection={connection}
      mark={mark}
      step="review"
      title="Review"
      description={`${branding.productName} will use a role in your account. This is everything that it allows.`}
    >
      <ReviewForm
        customer={customer}
        productName={branding.productName}
        connection={{ id, name, accountId, region, features, externalId, roleArn, provenAt }}
        requestId={id}
        suggested={{ name, region }}
        regions={regionGroups()}
        review={permissionReview(reviewedStack(connection))}
        createConnection={createConnection}
        reviseConnection={reviseConnection}
      />
    </WizardFrame>
  );
}
