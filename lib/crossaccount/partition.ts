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
  /** Only `aws` still answers on a global STS host; the others have Regional endpoints alone. */
  readonly hasGlobalSts: boolean;
}

export const partitionFacts: Readonly<Record<Partition, PartitionFacts>> = {
  aws: {
    name: "aws",
    displayName: "AWS",
    regionPattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com",
    consoleHost: "console.aws.amazon.com",
    defaultRegion: "us-east-1",
    hasGlobalSts: true,
  },
  "aws-cn": {
    name: "aws-cn",
    displayName: "AWS China",
    regionPattern: /^cn-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com.cn",
    consoleHost: "console.amazonaws.cn",
    defaultRegion: "cn-north-1",
    hasGlobalSts: false,
  },
  "aws-us-gov": {
    name: "aws-us-gov",
    displayName: "AWS GovCloud (US)",
    regionPattern: /^us-gov-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.com",
    consoleHost: "console.amazonaws-us-gov.com",
    defaultRegion: "us-gov-west-1",
    hasGlobalSts: false,
  },
  "aws-eusc": {
    name: "aws-eusc",
    displayName: "AWS European Sovereign Cloud",
    regionPattern: /^eusc-de-[a-z]+-\d+$/,
    dnsSuffix: "amazonaws.eu",
    consoleHost: "console.amazonaws-eusc.eu",
    defaultRegion: "eusc-de-east-1",
    hasGlobalSts: false,
  },
};

export function isPartition(text: string): text is Partition {
  return partitionNames.some((name) => name === text);
}

/** The partition that a Region belongs to, or `undefined` when the text has no known Region's shape. */
export function partitionOfRegion(region: string): Partition | undefined {
  return partitionNames.find((name) => partitionFacts[name].regionPattern.test(region));
}

/** The Regional STS endpoint. Its tokens work in every Region, unlike those of the global host. */
export function stsEndpoint(region: string): string | undefined {
  const partition = partitionOfRegion(region);
  return partition && `https://sts.${region}.${partitionFacts[partition].dnsSuffix}`;
}
