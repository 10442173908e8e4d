import { partitionNames } from "../aws/partition";
import { type ConfigFault, fault, type Path } from "./fault";
import { isRecord, strings } from "./records";

export function partitionFaults(input: Record<string, unknown>): ConfigFault[] {
  const others = isRecord(input.partitions) ? input.partitions : {};
  const sides = partitionNames.flatMap((name) => {
    const settings = name === "aws" ? input : others[name];
    return isRecord(settings) ? [{ path: name === "aws" ? [] : ["partitions", name], settings }] : [];
  });
  const pinned = sides.filter(({ settings }) => strings(settings.trustedPrincipalArns).length > 0);
  const unpinned = pinned.length === 0 ? [] : sides.filter((side) => !pinned.includes(side));
  return [
    ...sides.flatMap(({ path, settings }) => sideFaults(path, settings)),
    ...unpinned.map(({ path }) =>
      fault(
        [...path, "trustedPrincipalArns"],
        "is missing: name your roles for every partition that you serve, or for none",
      ),
    ),
  ];
}

function sideFaults(path: Path, settings: Record<string, unknown>): ConfigFault[] {
  const { serviceAccountId: account, defaultRegion: region } = settings;
  const offered = strings(settings.regions);
  const foreign = strings(settings.trustedPrincipalArns).flatMap((arn, index) =>
    typeof account !== "string" || arn.split(":")[4] === account
      ? []
      : [fault([...path, "trustedPrincipalArns", index], "is not a role of this partition's serviceAccountId")],
  );
  const notOffered = typeof region === "string" && offered.length > 0 && !offered.includes(region);
  return notOffered ? [...foreign, fault([...path, "regions"], `must hold the default Region, ${region}`)] : foreign;
}
