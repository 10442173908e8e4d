"use client";

import type { ErrorPageProps } from "@/app/error";
import { ErrorMessage } from "@/components/layout/error-message";

/** Within the frame, so that the way to the other pages stays. */
export default function CustomerErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <div className="max-w-md">
      <h1 className="mb-2 font-semibold text-xl tracking-tight">This page could not be shown</h1>
      <ErrorMessage number={error.digest} retry={retry} />
    </div>
  );
}
