interface BrandProps {
  productName: string;
  logoUrl?: string | undefined;
}

/** The vendor's logo, or the first letter of its name in its colour. */
export function Brand({ productName, logoUrl }: BrandProps) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {logoUrl ? (
        // biome-ignore lint/performance/noImgElement: a logo may be served from any address of the vendor, often as SVG
        <img src={logoUrl} alt="" width={28} height={28} className="size-7 rounded-md object-contain" />
      ) : (
        <span
          aria-hidden
          className="flex size-7 shrink-0 items-center justify-center rounded-md bg-accent font-semibold text-on-accent text-sm"
        >
          {productName.trim().charAt(0).toUpperCase()}
        </span>
      )}
      <span className="truncate font-semibold text-[15px]">{productName}</span>
    </span>
  );
}
