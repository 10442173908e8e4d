import { expect, test } from "vitest";
import { regionsToAsk } from "./region-order";

test.each([
  ["us-west-2", ["us-west-2", "us-east-2", "us-west-1", "us-east-1"]],
  ["us-east-1", ["us-east-1", "us-east-2", "us-west-2"]],
  ["us-east-2", ["us-east-2", "us-west-2", "us-west-1", "us-east-1"]],
  ["eu-west-1", ["eu-west-1", "eu-central-1", "eu-west-2", "us-east-1"]],
  ["eu-central-1", ["eu-central-1", "eu-west-1", "eu-west-2", "us-east-1"]],
  ["eu-north-1", ["eu-north-1", "eu-west-1", "eu-central-1", "us-east-1"]],
  ["ap-southeast-1", ["ap-southeast-1", "ap-northeast-1", "ap-southeast-2", "us-east-1"]],
  ["ap-south-1", ["ap-south-1", "ap-southeast-1", "ap-northeast-1", "us-east-1"]],
  ["me-central-1", ["me-central-1", "us-east-1"]],
  ["us-gov-west-1", ["us-gov-west-1", "us-gov-east-1"]],
  ["us-gov-east-1", ["us-gov-east-1", "us-gov-west-1"]],
  ["cn-northwest-1", ["cn-northwest-1", "cn-north-1"]],
  ["cn-north-1", ["cn-north-1", "cn-northwest-1"]],
  ["xx-nowhere-1", ["xx-nowhere-1"]],
  ["eusc-de-east-1", ["eusc-de-east-1"]],
])("%s stays in its partition and near, with the last resort last", (region, order) => {
  expect(regionsToAsk(region)).toEqual(order);
});
