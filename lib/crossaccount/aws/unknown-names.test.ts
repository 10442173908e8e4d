import { afterEach, describe, expect, test, vi } from "vitest";
import { unknownAwsNames } from "./unknown-names";

const regions = ["us-east-1", "eu-west-1", "cn-north-1"];

/** What AWS has of these: https://docs.aws.amazon.com/general/latest/gr/sts.html, https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const existing = new Set([
  ...["sts-fips.us-east-1.amazonaws.com", "iam-fips.amazonaws.com"],
  ...["us-east-1", "eu-west-1"].map((region) => `sts.${region}.amazonaws.com`),
  ...["iam.amazonaws.com", "sts.cn-north-1.amazonaws.com.cn", "iam.cn-north-1.amazonaws.com.cn"],
]);
const lookup = async (name: string) => {
  if (!existing.has(name)) throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
};

afterEach(() => vi.unstubAllEnvs());

describe("names of AWS that do not exist", () => {
  test("are told of each Region where FIPS endpoints are asked for", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    expect(await unknownAwsNames(regions, lookup)).toEqual([
      expect.stringMatching(/^sts-fips.eu-west-1.amazonaws.com does not exist, so connections in eu-west-1 cannot/),
      expect.stringMatching(/^sts-fips.cn-north-1.amazonaws.com.cn does not exist/),
      expect.stringMatching(/^iam-fips.amazonaws.com.cn does not exist/),
    ]);
  });

  test("are told where dual-stack endpoints are asked for", async () => {
    vi.stubEnv("AWS_USE_DUALSTACK_ENDPOINT", "true");
    const told = await unknownAwsNames(regions, lookup);
    expect(told).toContainEqual(expect.stringMatching(/^sts.eu-west-1.api.aws does not exist/));
  });

  test("are not looked for where neither is", async () => {
    const asked = vi.fn(lookup);
    expect(await unknownAwsNames(regions, asked)).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
  });

  test("are not told of where AWS's usual names are not known either: nobody resolves names here", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    const nothing = () => Promise.reject(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
    expect(await unknownAwsNames(regions, nothing)).toEqual([]);
  });

  test("are not told of where nobody could say: no name server answers", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    const silent = () => Promise.reject(Object.assign(new Error("try again"), { code: "EAI_AGAIN" }));
    expect(await unknownAwsNames(regions, silent)).toEqual([]);
  });
});
