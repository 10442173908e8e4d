import { type Partition, partitionOfRegion } from "../aws/partition";

const MOST_NEIGHBOURS = 2;

/**
 * Regions whose STS can stand in, one more for each geography than are asked, each partition's in the order of preference. In `aws` these are Regions that every account
 * has by default: in the others it may be switched off. A token of a Regional endpoint works in every Region.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
const standIns: Readonly<Record<Partition, readonly string[]>> = {
  aws: [
    ...["us-east-2", "us-west-2", "us-west-1"],
    ...["eu-west-1", "eu-central-1", "eu-west-2"],
    ...["ap-southeast-1", "ap-northeast-1", "ap-southeast-2"],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-west-1", "us-gov-east-1"],
  "aws-eusc": ["eusc-de-east-1"],
};

/** The one Region whose STS endpoint no customer can switch off, in the partitions that have one. */
const lastResorts: Readonly<Partial<Record<Partition, string>>> = { aws: "us-east-1" };

/** The Region itself, then neighbours of its geography, then its partition's last resort. */
export function regionsToAsk(region: string): string[] {
  const partition = partitionOfRegion(region);
  if (!partition) return [region];
  const geography = region.split("-")[0];
  const neighbours = standIns[partition].filter(
    (candidate) => candidate !== region && candidate.split("-")[0] === geography,
  );
  const lastResort = lastResorts[partition];
  return [...new Set([region, ...neighbours.slice(0, MOST_NEIGHBOURS), ...(lastResort ? [lastResort] : [])])];
}
