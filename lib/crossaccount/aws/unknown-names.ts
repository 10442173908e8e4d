import { lookup as lookupName } from "node:dns/promises";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

type Lookup = (name: string) => Promise<unknown>;

/**
 * What does not work where only FIPS or dual-stack endpoints may be used: AWS has them in some Regions, and the SDK makes names for all. A
 * sentence for each name, for the log; none where neither is asked for, or where AWS's usual names are not known here either.
 */
export async function unknownAwsNames(regions: readonly string[], lookup: Lookup = lookupName): Promise<string[]> {
  const affected = new Map<string, string[]>();
  for (const { region, name } of (await Promise.all(regions.map((region) => unknownIn(region, lookup)))).flat())
    affected.set(name, [...(affected.get(name) ?? []), region]);
  return [...affected].map(
    ([name, within]) =>
      `${name} does not exist, so connections in ${within.join(", ")} cannot be verified. Take these out of the config's regions, or set AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT to false.`,
  );
}

/** Of the hosts that a verification asks. */
async function unknownIn(region: string, lookup: Lookup): Promise<{ region: string; name: string }[]> {
  const clients = [new STSClient({ region }), new IAMClient({ region })] as const;
  const { useFipsEndpoint: asksForFips, useDualstackEndpoint: asksForDualStack } = clients[0].config;
  const [UseFIPS, UseDualStack] = await Promise.all([asksForFips(), asksForDualStack()]);
  if (!UseFIPS && !UseDualStack) return [];
  const unknown = await Promise.all(
    clients.map(async ({ config }) => {
      const host = (more: object) => config.endpointProvider({ Region: region, ...more }).url.hostname;
      const name = host({ UseFIPS, UseDualStack });
      return (await isUnknown(name, lookup)) && !(await isUnknown(host({}), lookup)) ? [{ region, name }] : [];
    }),
  );
  return unknown.flat();
}

async function isUnknown(name: string, lookup: Lookup): Promise<boolean> {
  try {
    await lookup(name);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTFOUND";
  }
}
