"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { BrandProps } from "./brand";

interface ShownBranding extends BrandProps {
  supportEmail: string;
}

const BrandingContext = createContext<ShownBranding>({ productName: "", supportEmail: "" });

/** The vendor's name and look for the pages of an error, which the browser draws alone. */
export function BrandingProvider({ branding, children }: { branding: ShownBranding; children: ReactNode }) {
  return <BrandingContext value={branding}>{children}</BrandingContext>;
}

export function useBranding(): ShownBranding {
  return useContext(BrandingContext);
}
