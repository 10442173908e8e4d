/** Facts about AWS partitions, from botocore's partitions.json and endpoints.json (August 2026). */
export const partitionNames = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"] as const;

export type Partition = (typeof partitionNames)[number];

export interface PartitionFacts {
  readonly name: Partition;
  readonly displayName: string;
  readonly regionPattern: RegExp;
  readonly dnsSuffix: string;
  readonly consoleHost: string;
  readonly defaultRegion: string;
}

export const partitionFacts: Readonly<Record<Partition, PartitionFacts>> = {
  aws: {
    name: "aws",
    displayName: "AWS",
    regionPattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com",
    consoleHost: "console.aws.amazon.com",
    defaultRegion: "us-east-1",
  },
  "aws-cn": {
    name: "aws-cn",
    displayName: "AWS China",
    regionPattern: /^cn-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com.cn",
    consoleHost: "console.amazonaws.cn",
    defaultRegion: "cn-north-1",
  },
  "aws-us-gov": {
    name: "aws-us-gov",
    displayName: "AWS GovCloud (US)",
    regionPattern: /^us-gov-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com",
    consoleHost: "console.amazonaws-us-gov.com",
    defaultRegion: "us-gov-west-1",
  },
  "aws-eusc": {
    name: "aws-eusc",
    displayName: "AWS European Sovereign Cloud",
    regionPattern: /^eusc-de-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.eu",
    consoleHost: "console.amazonaws-eusc.eu",
    defaultRegion: "eusc-de-east-1",
  },
};

export function isPartition(text: string): text is Partition {
  return partitionNames.some((name) => name === text);
}

/** The partition that a Region belongs to, or `undefined` when the text has no known Region's shape. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitionNames.find((name) => partitionFacts[name].regionPattern.test(region));
}
