import { describe, expect, test } from "vitest";
import { element, flatDocument, parseXml } from "./xml";

describe("parseXml", () => {
  test("reads elements, attributes aside, and text", () => {
    const text = `<?xml version="1.0"?>\n<A xmlns="http://example"><B>x &amp; &#x79;</B><C/><!-- no --></A>\n`;
    expect(parseXml(text)).toEqual({
      name: "A",
      text: "",
      children: [
        { name: "B", text: "x & y", children: [] },
        { name: "C", text: "", children: [] },
      ],
    });
  });

  test.each([
    ["", "nothing"],
    ["<A>", "an open end"],
    ["<A></B>", "another end"],
    ["<A/><B/>", "two roots"],
    ["<A/>text", "text after the root"],
    ["</A>", "an end alone"],
    ["<A>&bomb;</A>", "an unknown entity"],
    ["<A>& b</A>", "a bare ampersand"],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><A>&b;</A>', "a document type"],
    ["<A><![CDATA[x]]></A>", "CDATA"],
    ["<A", "a broken tag"],
    ["<A>&#x110000;</A>", "a character that does not exist"],
  ])("refuses %s: %s", (text) => {
    expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: "MalformedXML" }));
  });
});

test("what is written is read back", () => {
  const text = `<&>"' ü ☃`;
  expect(parseXml(element("A", [element("B", text)]).markup).children[0]?.text).toBe(text);
});

test("a flat document has only known names", () => {
  expect(flatDocument("<A><B> x </B></A>", "A", ["B"])).toEqual({ B: "x" });
  expect(() => flatDocument("<A><C>x</C></A>", "A", ["B"])).toThrow();
  expect(() => flatDocument("<Z/>", "A", ["B"])).toThrow();
});
