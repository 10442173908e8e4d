import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { connectionsPath, setupPath } from "@/components/connections/paths";
import { ReviewForm } from "@/components/wizard/review-form";
import { WizardFrame } from "@/components/wizard/wizard-frame";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { createConnection, reviseConnection } from "@/lib/connections/actions";
import { connectionOfRequest, permissionReview, regionGroups, suggestedConnection } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "Connect an AWS account" };

interface NewConnectionPageProps {
  params: Promise<{ customer: string }>;
  searchParams: Promise<{ request?: string | string[] }>;
}

/** Its address names the wish for a new connection: whoever comes back to it after it was granted gets to the connection that was made. */
export default async function NewConnectionPage({ params, searchParams }: NewConnectionPageProps) {
  const access = await requireCustomer(decodeURIComponent((await params).customer), "admin");
  const { reference } = access.customer;
  const request = z.uuid().safeParse((await searchParams).request);
  if (!request.success) redirect(`${connectionsPath(reference)}/new?request=${randomUUID()}`);
  const made = await connectionOfRequest(access, request.data);
  if (made) redirect(setupPath(reference, made, "review"));
  return (
    <WizardFrame
      customer={reference}
      connection={null}
      step="review"
      title="Connect an AWS account"
      description={`Two minutes, with rights to create IAM roles. See what ${branding.productName} may do; nothing is created until you choose Create stack in AWS.`}
    >
      <ReviewForm
        customer={reference}
        productName={branding.productName}
        connection={null}
        requestId={request.data}
        suggested={await suggestedConnection(access)}
        regions={regionGroups()}
        review={permissionReview()}
        createConnection={createConnection}
        reviseConnection={reviseConnection}
      />
    </WizardFrame>
  );
}
