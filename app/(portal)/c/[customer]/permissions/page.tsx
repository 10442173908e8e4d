import type { Metadata } from "next";
import { connectionsPath } from "@/components/connections/paths";
import { PermissionReview } from "@/components/connections/permission-review";
import { PageHeader } from "@/components/layout/page-header";
import { Section } from "@/components/ui/card";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { permissionReview } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "Permissions" };

/** What is the same in all accounts; each connection has a page of its own with its real ARNs. */
export default async function PermissionsPage({ params }: { params: Promise<{ customer: string }> }) {
  const { customer } = await requireCustomer(decodeURIComponent((await params).customer));
  const { productName } = branding;
  return (
    <>
      <PageHeader
        back={{ title: "Connections", href: connectionsPath(customer.reference) }}
        title={`What ${productName} may do`}
        description="Made from the same declaration as the CloudFormation template, so the two cannot disagree."
      />
      <div className="space-y-6">
        <PermissionReview productName={productName} review={permissionReview()} />
        <div id="leave" className="scroll-mt-6">
          <Section title="How to leave">
            <p className="mb-3 max-w-prose">Only for a while? Choose Pause instead, and resume when you like.</p>
            <ol className="max-w-prose list-decimal space-y-1.5 pl-5 marker:text-muted">
              <li>
                Choose Disconnect in the connection’s menu. {productName} stops using the account at once and for good.
              </li>
              <li>
                Delete the stack in AWS, by the link or command that the connection then shows. Its role and policies
                are deleted with it.
              </li>
              <li>
                {productName} then asks AWS for a week whether it is refused, and gives you a receipt. History and
                access log stay here, as evidence.
              </li>
            </ol>
          </Section>
        </div>
      </div>
    </>
  );
}
