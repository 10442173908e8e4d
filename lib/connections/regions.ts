import "server-only";
import { config } from "@/lib/config";
import {
  configuredPartitions,
  type Partition,
  partitionFacts,
  partitionOfRegion,
  partitionSettings,
  regionDisplayName,
} from "@/lib/crossaccount";
import { AppError } from "@/lib/errors";

interface RegionChoice {
  code: string;
  name: string;
  partition: Partition;
}

/** Regions that the vendor serves, in the order of a list, each with the name of its partition. */
export function regionGroups(): { code: string; name: string; partitionName: string }[] {
  return regionChoices().map(({ code, name, partition }) => ({
    ...{ code, name },
    partitionName: partitionFacts[partition].displayName,
  }));
}

function regionChoices(): RegionChoice[] {
  return configuredPartitions(config).flatMap((partition) =>
    partitionSettings(config, partition).regions.map((code) => ({ code, name: regionDisplayName(code), partition })),
  );
}

export function defaultRegion(): string {
  return config.defaultRegion;
}

/** @throws AppError `invalid-input` for a region that the vendor does not serve */
export function partitionOfChoice(region: string): Partition {
  const partition = partitionOfRegion(region);
  const served = partition && regionChoices().some((choice) => choice.code === region);
  if (served) return partition;
  throw new AppError("invalid-input", "This region cannot be used.", {
    fields: { region: `${config.branding.productName} does not serve this region. Choose one from the list.` },
  });
}
