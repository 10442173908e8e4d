import { TextLink } from "@/components/ui/text-link";
import { permissionsPath } from "../paths";

interface PermissionLineProps {
  productName: string;
  customer: string;
  securityUrl?: string | undefined;
}

/** What a security team asks for, at the foot of the home. */
export function PermissionLine({ productName, customer, securityUrl }: PermissionLineProps) {
  const page = permissionsPath(customer);
  return (
    <p className="mt-6 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-[13px]">
      <span className="text-muted">What {productName} can do in these accounts:</span>
      <TextLink href={page}>See permissions</TextLink>
      {securityUrl ? (
        <a href={securityUrl} className="rounded-sm font-medium text-accent-ink underline-offset-4 hover:underline">
          Security page
        </a>
      ) : null}
      <TextLink href={`${page}#leave`}>How to leave</TextLink>
    </p>
  );
}
