const partitionOfPrefix: [prefix: string, partition: string][] = [
  ["us-gov-", "aws-us-gov"],
  ["cn-", "aws-cn"],
  ["eusc-", "aws-eusc"],
];

/** The partition a Region belongs to, as in botocore's partitions.json; only the public partitions exist here. */
export function partitionOf(region: string): string {
  return partitionOfPrefix.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

export function isRegion(text: string): boolean {
  return /^(us-gov|eusc-de|us|eu|ap|sa|ca|me|af|il|mx|cn)-[a-z]+-\d{1,2}$/.test(text);
}

export const partitions = ["aws", "aws-us-gov", "aws-cn", "aws-eusc"];
