import { type Partition, partitionOfRegion } from "./partition";

export interface Region {
  readonly code: string;
  /** As AWS's console names it. */
  readonly displayName: string;
  readonly partition: Partition;
}

const names: readonly (readonly [code: string, displayName: string])[] = [
  ["us-east-1", "US East (N. Virginia)"],
  ["us-east-2", "US East (Ohio)"],
  ["us-west-1", "US West (N. California)"],
  ["us-west-2", "US West (Oregon)"],
  ["ca-central-1", "Canada (Central)"],
  ["ca-west-1", "Canada West (Calgary)"],
  ["mx-central-1", "Mexico (Central)"],
  ["sa-east-1", "South America (São Paulo)"],
  ["eu-central-1", "Europe (Frankfurt)"],
  ["eu-central-2", "Europe (Zurich)"],
  ["eu-west-1", "Europe (Ireland)"],
  ["eu-west-2", "Europe (London)"],
  ["eu-west-3", "Europe (Paris)"],
  ["eu-north-1", "Europe (Stockholm)"],
  ["eu-south-1", "Europe (Milan)"],
  ["eu-south-2", "Europe (Spain)"],
  ["ap-east-1", "Asia Pacific (Hong Kong)"],
  ["ap-south-1", "Asia Pacific (Mumbai)"],
  ["ap-south-2", "Asia Pacific (Hyderabad)"],
  ["ap-northeast-1", "Asia Pacific (Tokyo)"],
  ["ap-northeast-2", "Asia Pacific (Seoul)"],
  ["ap-northeast-3", "Asia Pacific (Osaka)"],
  ["ap-southeast-1", "Asia Pacific (Singapore)"],
  ["ap-southeast-2", "Asia Pacific (Sydney)"],
  ["ap-southeast-3", "Asia Pacific (Jakarta)"],
  ["ap-southeast-4", "Asia Pacific (Melbourne)"],
  ["ap-southeast-5", "Asia Pacific (Malaysia)"],
  ["ap-southeast-7", "Asia Pacific (Thailand)"],
  ["il-central-1", "Israel (Tel Aviv)"],
  ["me-central-1", "Middle East (UAE)"],
  ["me-south-1", "Middle East (Bahrain)"],
  ["af-south-1", "Africa (Cape Town)"],
  ["us-gov-west-1", "AWS GovCloud (US-West)"],
  ["us-gov-east-1", "AWS GovCloud (US-East)"],
  ["cn-north-1", "China (Beijing)"],
  ["cn-northwest-1", "China (Ningxia)"],
  ["eusc-de-east-1", "European Sovereign Cloud (Brandenburg)"],
];

const regions: readonly Region[] = names.flatMap(([code, displayName]) => {
  const partition = partitionOfRegion(code);
  return partition ? [{ code, displayName, partition }] : [];
});

/** The Regions that most customers use, in the order that a list should show them. */
export function commonRegions(partition: Partition): readonly Region[] {
  return regions.filter((region) => region.partition === partition);
}

/** The console's name of a Region; its code when it is newer than this list. */
export function regionDisplayName(code: string): string {
  return regions.find((region) => region.code === code)?.displayName ?? code;
}
