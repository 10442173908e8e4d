import { describe, expect, test } from "vitest";
import { buildLaunchUrl, buildStackUrl, buildTrustUrl, buildUpdateUrl } from "./launch-link";

const templateUrl =
  "https://nimbus-templates.s3.us-east-1.amazonaws.com/templates/Nimbus/abc.template.json?versionId=1";
const link = {
  region: "us-east-1",
  templateUrl,
  stackName: "Nimbus-CrossAccountRole",
  parameters: { ExternalId: "nimbus-0f", RoleName: "a+b=c,d@e", PermissionsBoundaryArn: "" },
};

test.each([
  ["us-east-1", "https://us-east-1.console.aws.amazon.com/"],
  ["us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/"],
  ["cn-north-1", "https://cn-north-1.console.amazonaws.cn/"],
  ["eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/"],
])("a launch link for %s opens that Region's console at the quick-create page", (region, origin) => {
  const url = buildLaunchUrl({ ...link, region });
  expect(url).toMatch(`${origin}cloudformation/home?region=${region}#/stacks/create/review?templateURL=https%3A%2F%2F`);
});

test("what the console reads from a link is what was put in", () => {
  const parameters = { ...link.parameters, Note: "100% & more #1 +/=? ü ☃ '()*!" };
  const query = new URLSearchParams(buildLaunchUrl({ ...link, parameters }).split("/review?")[1]);
  expect(Object.fromEntries(query)).toEqual({
    templateURL: templateUrl,
    stackName: link.stackName,
    param_ExternalId: "nimbus-0f",
    param_RoleName: "a+b=c,d@e",
    param_PermissionsBoundaryArn: "",
    param_Note: parameters.Note,
  });
});

test("the external ID stands after the #, which browsers do not send", () => {
  expect(new URL(buildLaunchUrl(link)).search).toBe("?region=us-east-1");
  expect(new URL(buildLaunchUrl(link)).hash).toContain("nimbus-0f");
});

test("a link can open another console, such as a sandbox's", () => {
  const consoleUrl = "http://127.0.0.1:4566/console/";
  const url = buildLaunchUrl({ ...link, consoleUrl, templateUrl: "http://127.0.0.1:4566/bucket/key" });
  expect(url).toMatch(
    "http://127.0.0.1:4566/console/cloudformation/home?region=us-east-1#/stacks/create/review?templateURL=",
  );
});

test("an update link names the stack", () => {
  const stackId = "arn:aws:cloudformation:us-east-1:111122223333:stack/Nimbus/0f";
  const url = buildUpdateUrl({ ...link, stackId });
  const [page, query] = url.split("?").slice(1).join("?").split("/template?");
  expect(page).toBe("region=us-east-1#/stacks/update");
  expect(new URLSearchParams(query).get("stackId")).toBe(stackId);
  expect(query, "that page takes no parameters from a link").not.toContain("param_");
  expect(buildUpdateUrl({ region: link.region, stackId })).not.toContain("templateURL");
});

test.each([
  ["eu-west-1", "https://eu-west-1.console.aws.amazon.com"],
  ["us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com"],
  ["cn-north-1", "https://cn-north-1.console.amazonaws.cn"],
  ["eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu"],
])("links to a stack and to a role open the console of %s", (region, console) => {
  expect(buildStackUrl({ region, stackId: "Nimbus" })).toBe(
    `${console}/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=Nimbus`,
  );
  expect(buildTrustUrl({ region, roleName: "Nimbus+1" })).toBe(
    `${console}/iam/home?region=${region}#/roles/details/Nimbus%2B1?section=trust_relationships`,
  );
});

describe("no link is made that AWS would not open", () => {
  test.each([
    ["region-not-supported", { region: "evil.example/" }],
    ["region-not-supported", { region: "us-east-1.evil.example" }],
    ["launch-link-invalid", { stackName: "1-starts-with-a-digit" }],
    ["launch-link-invalid", { stackName: "has space" }],
    ["launch-link-invalid", { stackName: "x".repeat(129) }],
    ["launch-link-invalid", { templateUrl: "http://nimbus-templates.s3.us-east-1.amazonaws.com/t" }],
    ["launch-link-invalid", { templateUrl: `https://${"x".repeat(1_020)}` }],
  ])("%s: %j", (code, change) => {
    expect(() => buildLaunchUrl({ ...link, ...change })).toThrow(expect.objectContaining({ code }));
  });
});
