import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { type CSSProperties, type ReactNode, Suspense } from "react";
import { brandIcon } from "@/components/layout/brand-icon";
import { BrandingProvider } from "@/components/layout/branding-context";
import { NavigationBar } from "@/components/layout/navigation-bar";
import { SiteFooter } from "@/components/layout/site-footer";
import { ThemeProvider } from "@/components/layout/theme-provider";
import { accentVariables } from "@/components/ui/accent";
import { ExactTimes } from "@/components/ui/exact-times";
import { branding } from "@/lib/branding";
import { fontVariables } from "./fonts";

export const metadata: Metadata = {
  title: { default: branding.productName, template: `%s · ${branding.productName}` },
  description: `Connect your AWS accounts to ${branding.productName}.`,
  icons: {
    icon: branding.logoUrl ?? brandIcon(branding.productName, branding.accentColor),
    apple: "/apple-touch-icon.png",
  },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0d10" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme's class is put on this element before React starts, so the two may differ here and nowhere below.
    <html
      lang="en"
      suppressHydrationWarning
      className={fontVariables}
      style={accentVariables(branding.accentColor) as CSSProperties}
    >
      <body>
        <ThemeProvider nonce={nonce}>
          <div className="flex min-h-dvh flex-col">
            <BrandingProvider branding={shownBranding()}>{children}</BrandingProvider>
            <SiteFooter supportEmail={branding.supportEmail} links={vendorLinks()} />
          </div>
          <Suspense>
            <NavigationBar />
          </Suspense>
          <ExactTimes />
        </ThemeProvider>
      </body>
    </html>
  );
}

/** What of it the browser needs. */
function shownBranding() {
  const { productName, logoUrl, logoWide, logoDark, supportEmail } = branding;
  return { productName, logoUrl, logoWide, logoDark, supportEmail };
}

function vendorLinks(): { title: string; url: string }[] {
  const { websiteUrl, documentationUrl, securityUrl, termsUrl, privacyUrl, productName } = branding;
  return [
    { title: productName, url: websiteUrl },
    { title: "Documentation", url: documentationUrl },
    { title: "Security", url: securityUrl },
    { title: "Terms", url: termsUrl },
    { title: "Privacy", url: privacyUrl },
  ].flatMap(({ title, url }) => (url ? [{ title, url }] : []));
}
