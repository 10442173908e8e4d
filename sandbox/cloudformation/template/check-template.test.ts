import { describe, expect, test } from "vitest";
import { attributesOf, refuseUnknownTypes } from "../resource/registry";
import { requiredCapabilities } from "./capabilities";
import { checkTemplate } from "./check-template";
import { readTemplate } from "./read-template";
import { resourceOrder } from "./resource-order";

const handle = "Type: AWS::CloudFormation::WaitConditionHandle";

function check(text: string) {
  const template = readTemplate(text);
  refuseUnknownTypes(template);
  checkTemplate(template, attributesOf);
  return template;
}

describe("a template", () => {
  test.each([
    ["Resources: {}", "Template format error: At least one Resources member must be defined."],
    [`Resources: {a-b: {${handle}}}`, "Template format error: Resource name a-b is non alphanumeric."],
    [`Resources: {A: {Properties: {}}}`, "Every Resources object must contain a Type member."],
    [`Resources: {A: {${handle}, Prop: 1}}`, "Invalid template resource property 'Prop'"],
    [`Foo: 1\nResources: {A: {${handle}}}`, "Invalid template property or properties [Foo]"],
    [`Rules: {R: {}}\nResources: {A: {${handle}}}`, "must contain a list of Assertions"],
    [`Transform: X\nResources: {A: {${handle}}}`, "Template section Transform is not supported by the sandbox"],
    [`AWSTemplateFormatVersion: 2011-01-01\nResources: {A: {${handle}}}`, "AWSTemplateFormatVersion"],
    [`Description: ${"x".repeat(1025)}\nResources: {A: {${handle}}}`, "'Description' length is greater than 1024."],
    [`Parameters: {A: {Type: Strin}}\nResources: {A: {${handle}}}`, 'Unrecognized parameter type: "Strin"'],
    [`Parameters: {A: {Typ: String}}\nResources: {A: {${handle}}}`, "Invalid template parameter property 'Typ'"],
    [
      `Parameters: {A: {Type: "AWS::SSM::Parameter::Value<String>"}}\nResources: {B: {${handle}}}`,
      "Parameter type AWS::SSM::Parameter::Value<String> of A is not supported by the sandbox",
    ],
    ["Resources: {A: {Type: AWS::IAM::Roll}, B: {Type: Nope}}", "Unrecognized resource types: [AWS::IAM::Roll, Nope]"],
    [
      `Resources: {A: {${handle}, Properties: {X: !Ref Nowhere}}}`,
      "Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template",
    ],
    [
      `Resources: {A: {${handle}, DependsOn: [Nowhere]}}`,
      "Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template",
    ],
    [
      `Resources: {A: {${handle}}}\nOutputs: {O: {Value: !Ref Nowhere}}`,
      "Template format error: Unresolved resource dependencies [Nowhere] in the Outputs block of the template",
    ],
    [`Resources: {A: {${handle}}}\nOutputs: {O: {Value: !GetAtt B.Arn}}`, "references undefined resource B"],
    [
      `Resources: {A: {${handle}}}\nOutputs: {O: {Value: !GetAtt A.Arn}}`,
      "Template error: resource A does not support attribute type Arn in Fn::GetAtt",
    ],
    [`Resources: {A: {${handle}, Condition: Nowhere}}`, "Unresolved condition dependencies [Nowhere]"],
    [
      `Conditions: {C: !Equals [!Ref A, ""]}\nResources: {A: {${handle}}}`,
      "Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template",
    ],
    [`Resources: {A: {${handle}}}\nOutputs: {O: {Description: x}}`, "must contain a Value object"],
    [`Resources: {A: {${handle}, DeletionPolicy: Keep}}`, "Unrecognized DeletionPolicy Keep for resource A"],
  ])("is refused: %s", (text, message) => {
    expect(() => check(text)).toThrow(message);
  });

  test("is refused when it has too many parameters, outputs or resources", () => {
    const many = (count: number, member: string) =>
      Array.from({ length: count }, (_, index) => `  M${index}: {${member}}`).join("\n");
    expect(() => check(`Resources:\n${many(501, handle)}`)).toThrow("maximum allowed, 500");
    expect(() => check(`Parameters:\n${many(201, "Type: String")}\nResources: {A: {${handle}}}`)).toThrow(
      "allowed, 200",
    );
    expect(() => check(`Outputs:\n${many(201, "Value: x")}\nResources: {A: {${handle}}}`)).toThrow("allowed, 200");
  });

  test("orders resources by what they depend on, through every way of saying so", () => {
    const template = check(`
Conditions: {Never: !Equals [a, b]}
Resources:
  A: {${handle}, Properties: {X: !Sub "\${B}"}}
  B: {${handle}, Properties: {X: !If [Never, !Ref A, !Ref C]}}
  C: {${handle}, DependsOn: D}
  D: {${handle}}
  E: {${handle}, Condition: Never}
`);
    expect(resourceOrder(template, new Map([["Never", false]]))).toEqual(["D", "C", "B", "A"]);
    expect(() => resourceOrder(template, new Map([["Never", true]]))).toThrow(
      "Circular dependency between resources: [A, B]",
    );
  });

  test("is refused when what exists refers to what a condition leaves out", () => {
    const template = check(`
Conditions: {Never: !Equals [a, b]}
Resources:
  A: {${handle}, Properties: {X: !Ref B}}
  B: {${handle}, Condition: Never}
`);
    expect(() => resourceOrder(template, new Map([["Never", false]]))).toThrow("Unresolved resource dependencies [B]");
  });

  test.each([
    [`{${handle}}`, []],
    ["{Type: AWS::IAM::Role}", ["CAPABILITY_IAM"]],
    ["{Type: AWS::IAM::Role, Properties: {RoleName: x}}", ["CAPABILITY_NAMED_IAM"]],
    ["{Type: AWS::IAM::Policy, Properties: {PolicyName: x}}", ["CAPABILITY_IAM"]],
    ["{Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: x}}", ["CAPABILITY_NAMED_IAM"]],
  ])("with %s needs %j", (resource, capabilities) => {
    expect(requiredCapabilities(check(`Resources: {A: ${resource}}`)).capabilities).toEqual(capabilities);
  });
});
