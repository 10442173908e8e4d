import type { MetadataRoute } from "next";
import { branding } from "@/lib/branding";

/** What a phone shows when someone puts the portal on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: branding.productName,
    short_name: branding.productName,
    description: `Connect your AWS accounts to ${branding.productName}.`,
    start_url: "/",
    display: "browser",
    background_color: "#fafafb",
    theme_color: "#fafafb",
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
    ],
  };
}
