import { describe, expect, test } from "vitest";
import { parseTemplate } from "./parse";

describe("parseTemplate", () => {
  test("reads every short form of YAML as its long form", () => {
    const template = `
A: !Ref X
B: !Sub "\${X}-y"
C: !GetAtt Role.Arn
D: !If [Big, 1, !Ref "AWS::NoValue"]
E: !Join ["-", [a, !Ref X]]
F: !Condition Other
G: !Not [!Equals [!Ref X, ""]]
H: !And [!Condition P, !Or [!Condition Q, !Condition R]]
I: !Select [0, !Split [",", "a,b"]]
J: !FindInMap [M, !Ref "AWS::Region", K]
K: !Base64 text
L: !ImportValue name
M: !GetAZs ""
N: !Cidr ["10.0.0.0/24", 2, 4]
O: !GetAtt [Role, Arn]
P:
  Fn::Base64: !Sub "\${X}"
`;
    expect(parseTemplate(template)).toEqual({
      A: { Ref: "X" },
      B: { "Fn::Sub": `\${X}-y` },
      C: { "Fn::GetAtt": ["Role", "Arn"] },
      D: { "Fn::If": ["Big", 1, { Ref: "AWS::NoValue" }] },
      E: { "Fn::Join": ["-", ["a", { Ref: "X" }]] },
      F: { Condition: "Other" },
      G: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "X" }, ""] }] },
      H: { "Fn::And": [{ Condition: "P" }, { "Fn::Or": [{ Condition: "Q" }, { Condition: "R" }] }] },
      I: { "Fn::Select": [0, { "Fn::Split": [",", "a,b"] }] },
      J: { "Fn::FindInMap": ["M", { Ref: "AWS::Region" }, "K"] },
      K: { "Fn::Base64": "text" },
      L: { "Fn::ImportValue": "name" },
      M: { "Fn::GetAZs": "" },
      N: { "Fn::Cidr": ["10.0.0.0/24", 2, 4] },
      O: { "Fn::GetAtt": ["Role", "Arn"] },
      P: { "Fn::Base64": { "Fn::Sub": `\${X}` } },
    });
  });

  test("keeps a policy version a text and an account ID's leading zeros", () => {
    expect(parseTemplate("Version: 2012-10-17\nAccount: 012345678901\nPort: 80\nOn: yes\n012345678901: x")).toEqual({
      Version: "2012-10-17",
      Account: "012345678901",
      Port: 80,
      On: true,
      "012345678901": "x",
    });
  });

  test.each([
    ["{ broken", "Template format error: JSON not well-formed. (line 1, column 3)"],
    ['{\n "a": 1,\n}', "Template format error: JSON not well-formed. (line 3, column 1)"],
    ["a: [1", "Template format error: YAML not well-formed."],
    ["a: 1\na: 2", "Template format error: YAML not well-formed."],
    ["a: !Base64 !Sub x", "Template format error: YAML not well-formed."],
    ["just text", "Template format error: unsupported structure."],
    ["", "Template format error: unsupported structure."],
    ["[1]", "Template format error: unsupported structure."],
    ["a: &x 1\nb: *x", "Template error: YAML aliases are not allowed"],
    ["a: {<<: {b: 1}}", "Template error: YAML merge keys are not allowed"],
    ["a: !Rot13 x", "Template error: Unrecognized function !Rot13 at /a"],
    ["a:\n  b:", "Template format error: [/a/b] 'null' values are not allowed in templates"],
    ['{"a": null}', "Template format error: [/a] 'null' values are not allowed in templates"],
  ])("refuses %j", (text, message) => {
    expect(() => parseTemplate(text)).toThrow(message);
  });
});
