"use client";

import { useBranding } from "@/components/layout/branding-context";
import { CenteredPage } from "@/components/layout/centered-page";
import { ErrorMessage } from "@/components/layout/error-message";

export interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <CenteredPage branding={useBranding()} title="This page could not be shown">
      <ErrorMessage number={error.digest} retry={retry} />
    </CenteredPage>
  );
}
