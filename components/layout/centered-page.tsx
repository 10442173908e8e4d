import type { ReactNode } from "react";
import { Brand, type BrandProps } from "./brand";

interface CenteredPageProps {
  branding: BrandProps;
  title: string;
  children: ReactNode;
}

/** One small card in the middle, for pages before and beside the portal: sign-in, invitations, choices. */
export function CenteredPage({ branding, title, children }: CenteredPageProps) {
  return (
    <main className="flex flex-1 flex-col items-center px-4 pt-[12vh] pb-12">
      <Brand {...branding} />
      <div className="mt-8 w-full max-w-md rounded-xl border border-line bg-surface p-6 shadow-card sm:p-8">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        <div className="mt-2">{children}</div>
      </div>
    </main>
  );
}
