import { accentVariables } from "@/components/ui/accent";

/** The icon of the browser's tab for a vendor without a logo, drawn like its mark in the header. */
export function brandIcon(productName: string, accentColor: string | undefined): string {
  const colors = accentVariables(accentColor);
  const letter = encodeURIComponent(productName.trim().charAt(0).toUpperCase().replace(/[<&]/, ""));
  const fill = encodeURIComponent(colors["--brand-fill"] ?? "");
  const ink = encodeURIComponent(colors["--brand-on-fill"] ?? "");
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='${fill}'/%3E%3Ctext x='16' y='23' font-family='system-ui,sans-serif' font-size='19' font-weight='600' text-anchor='middle' fill='${ink}'%3E${letter}%3C/text%3E%3C/svg%3E`;
}
