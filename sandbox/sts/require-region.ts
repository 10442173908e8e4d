import { isOptIn } from "../regions/opt-in";
import { isDisabled } from "../regions/state";
import { AwsError, type RequestContext } from "../service";

/**
 * STS gives out no credentials in a Region that their account has disabled, nor in an opt-in Region that the caller's
 * has. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
export function requireRegion(targetAccountId: string, { region, accountId, store }: RequestContext): void {
  const accounts = [targetAccountId, ...(isOptIn(region) ? [accountId] : [])];
  const without = accounts.find((account) => isDisabled(region, account, store));
  if (without === undefined) return;
  throw new AwsError(
    "RegionDisabledException",
    `STS is not activated in this region for account:${without}. Your account administrator can activate STS in this region using the IAM Console.`,
    403,
  );
}
