import { expect, test } from "vitest";
import { partitionFacts, partitionNames, partitionOfRegion } from "./partition";
import { commonRegions, regionDisplayName } from "./region";

test.each([
  ["us-east-1", "aws"],
  ["mx-central-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-northwest-1", "aws-cn"],
  ["eusc-de-east-1", "aws-eusc"],
  ["us-iso-east-1", undefined],
  ["us-east-1.evil.example/", undefined],
  ["us-east-1\n", undefined],
  ["", undefined],
])("region %j is in partition %s", (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition);
});

test.each(partitionNames)("regions offered in %s are its own, its default first or among them", (partition) => {
  const codes = commonRegions(partition).map(({ code }) => code);
  expect(codes).toContain(partitionFacts[partition].defaultRegion);
  expect(codes.map(partitionOfRegion)).toEqual(codes.map(() => partition));
});

test("regions have the names of the AWS console, and a newer one its code", () => {
  expect(regionDisplayName("us-east-1")).toBe("US East (N. Virginia)");
  expect(regionDisplayName("eu-moon-1")).toBe("eu-moon-1");
});
