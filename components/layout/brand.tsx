import { classNames } from "@/components/ui/class-names";

export interface BrandProps {
  productName: string;
  logoUrl?: string | undefined;
  /** A logo that is wide and has the name in it, in place of both. */
  logoWide?: string | undefined;
  /** What stands for either in the dark theme. */
  logoDark?: string | undefined;
}

/** The vendor's logo with its name, or its wide logo, or the first letter of its name in its colour. */
export function Brand({ productName, logoUrl, logoWide, logoDark }: BrandProps) {
  if (logoWide) return <Logo light={logoWide} dark={logoDark} alt={productName} className="h-7 max-w-48" />;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {logoUrl ? (
        <Logo light={logoUrl} dark={logoDark} alt="" className="size-7 rounded-md" />
      ) : (
        <span
          aria-hidden
          className="flex size-7 shrink-0 items-center justify-center rounded-md border border-accent-line bg-accent font-semibold text-on-accent text-sm"
        >
          {productName.trim().charAt(0).toUpperCase()}
        </span>
      )}
      <span className="truncate font-semibold text-[15px]">{productName}</span>
    </span>
  );
}

interface LogoProps {
  light: string;
  dark?: string | undefined;
  alt: string;
  className: string;
}

/** The theme may be another one than the system's, so CSS chooses and not the browser's own media query. */
function Logo({ light, dark, alt, className }: LogoProps) {
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: a logo may be served from any address of the vendor, often as SVG */}
      <img
        src={light}
        alt={alt}
        className={classNames("object-contain object-left", className, dark && "dark:hidden")}
      />
      {dark ? (
        // biome-ignore lint/performance/noImgElement: as above
        <img src={dark} alt={alt} className={classNames("hidden object-contain object-left dark:block", className)} />
      ) : null}
    </>
  );
}
