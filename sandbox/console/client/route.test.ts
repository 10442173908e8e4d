import { expect, test } from "vitest";
import { parseRoute, partsOfArn } from "./route";

test.each(["/stacks/create/review", "/stacks/quickcreate"])("reads a quick-create link of the form %s", (path) => {
  const route = parseRoute(
    `#${path}?templateURL=http%3A%2F%2F127.0.0.1%3A4566%2Fb%2Ft.json%3FversionId%3D1&stackName=acme&param_ExternalId=a%2Bb%26c`,
  );
  expect(route).toEqual({
    page: "create",
    templateUrl: "http://127.0.0.1:4566/b/t.json?versionId=1",
    stackName: "acme",
    stackId: "",
    roleName: "",
    parameters: new Map([["ExternalId", "a+b&c"]]),
  });
});

test("reads an update link", () => {
  const id = "arn:aws:cloudformation:eu-west-1:111122223333:stack/acme/0";
  const route = parseRoute(`#/stacks/update/template?stackId=${encodeURIComponent(id)}&param_SetupPhase=false`);
  expect(route).toMatchObject({ page: "update", stackId: id });
  expect(route.parameters.size, "AWS's update page takes no parameters from a link").toBe(0);
  expect(partsOfArn(id)).toEqual({ account: "111122223333", region: "eu-west-1" });
});

test("reads the link to a role", () => {
  const route = parseRoute("#/roles/details/acme-CrossAccount-0f%2B1?section=trust_relationships");
  expect(route).toMatchObject({ page: "role", roleName: "acme-CrossAccount-0f+1" });
  expect(parseRoute("#/roles/details/a/b").page).toBe("unknown");
  expect(parseRoute("#/roles/details/%E0").roleName).toBe("");
});

test("does not know what it was not told", () => {
  expect(parseRoute("#/elsewhere").page).toBe("unknown");
  expect(parseRoute("#constructor").page).toBe("unknown");
  expect(parseRoute("").page).toBe("stacks");
  expect(partsOfArn("acme")).toBeUndefined();
});
