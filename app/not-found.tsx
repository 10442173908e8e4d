import type { Metadata } from "next";
import Link from "next/link";
import { CenteredPage } from "@/components/layout/centered-page";
import { buttonStyle } from "@/components/ui/button";
import { branding } from "@/lib/branding";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <CenteredPage branding={branding} title="There is nothing here">
      <p className="text-muted">
        The page was moved or removed, or it belongs to someone else. If you followed a link, check that you are signed
        in with the right account.
      </p>
      <Link href="/" className={buttonStyle({ variant: "primary", className: "mt-6" })}>
        Back to the start
      </Link>
    </CenteredPage>
  );
}
