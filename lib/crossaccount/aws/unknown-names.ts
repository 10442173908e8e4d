import { lookup as lookupName } from "node:dns/promises";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

type Lookup = (name: string) => Promise<unknown>;

/**
 * What does not work where only FIPS or dual-stack endpoints may be used: AWS has them in some Regions, and the SDK makes names for all. A
 * sentence each, for the log; none where neither is asked for.
 */
export async function unknownAwsNames(regions: readonly string[], lookup: Lookup = lookupName): Promise<string[]> {
  const hosts = await Promise.all(regions.map(async (region) => ({ region, names: await namesIn(region) })));
  const names = [...new Set(hosts.flatMap(({ names }) => names))];
  const unknown = new Set((await Promise.all(names.map((name) => isUnknown(name, lookup)))).flat());
  return hosts.flatMap(({ region, names }) =>
    names
      .filter((name) => unknown.has(name))
      .map(
        (name) =>
          `${name} does not exist, so connections in ${region} cannot be verified. Take the Region out of the config's regions, or set AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT to false.`,
      ),
  );
}

/** Of the hosts that a verification asks. */
async function namesIn(region: string): Promise<string[]> {
  const clients = [new STSClient({ region }), new IAMClient({ region })] as const;
  const { useFipsEndpoint: asksForFips, useDualstackEndpoint: asksForDualStack } = clients[0].config;
  const [UseFIPS, UseDualStack] = await Promise.all([asksForFips(), asksForDualStack()]);
  if (!UseFIPS && !UseDualStack) return [];
  return clients.map(({ config }) => config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url.hostname);
}

async function isUnknown(name: string, lookup: Lookup): Promise<string[]> {
  try {
    await lookup(name);
    return [];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTFOUND" ? [name] : [];
  }
}
