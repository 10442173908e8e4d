import type { Metadata } from "next";
import { Brand } from "@/components/layout/brand";
import { LinkPage } from "@/components/links/link-page";
import { branding } from "@/lib/branding";
import { findRoleByLink, launchByLink, readLinkProgress, showLinkPage, verifyByLink } from "@/lib/links/actions";

// Whoever is told where someone came from is told nothing, not even that it was this portal.
export const metadata: Metadata = { title: "Link", referrer: "no-referrer" };

const actions = { findRoleByLink, launchByLink, readLinkProgress, showLinkPage, verifyByLink };

/** The same for everyone: who may see what is told by the token, which the page posts. */
export default function LinkWithoutLoginPage() {
  return (
    <>
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex h-14 max-w-6xl items-center px-4 sm:px-8">
          <Brand {...branding} />
        </div>
      </header>
      <main className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 sm:px-8 sm:py-10">
        <LinkPage productName={branding.productName} actions={actions} />
      </main>
    </>
  );
}
