import { expect, test } from "vitest";
import { comparableEmail } from "./email";

test.each([
  ["Ana@Acme.Test", "ana@acme.test"],
  ["jürgen@example.com", "jürgen@example.com"],
  ["ju\u0308rgen@example.com", "jürgen@example.com"],
  ["用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"],
  ["用户@XN--FSQU00A.xn--0zwm56d", "用户@xn--fsqu00a.xn--0zwm56d"],
  ["info@MÜNCHEN.de", "info@xn--mnchen-3ya.de"],
  ["info@mu\u0308nchen.de", "info@xn--mnchen-3ya.de"],
  ["info@faß.de", "info@xn--fa-hia.de"],
  ["иван@почта.рф", "иван@xn--80a1acny.xn--p1ai"],
  ["अजय@डाटा.भारत", "अजय@xn--c2bd1gb.xn--h2brj9c"],
  ["o'neil+tag@a-b.example", "o'neil+tag@a-b.example"],
  ["a..b@docomo.example", "a..b@docomo.example"],
])("%j is kept as %j, and stays so", (given, kept) => {
  expect(comparableEmail(given)).toBe(kept);
  expect(comparableEmail(kept)).toBe(kept);
});

test.each([
  ["a letter that only looks like another", "аna@acme.test", "ana@acme.test"],
  ["another domain's letter that only looks so", "ana@аcme.test", "ana@acme.test"],
  ["ß, which is not ss", "info@faß.de", "info@fass.de"],
  ["a letter without its dots", "jurgen@example.com", "jürgen@example.com"],
  ["a capital letter that has no small one in ASCII", "Ümit@acme.test", "ümit@acme.test"],
])("%s makes another address", (_, one, other) => {
  expect(comparableEmail(one)).not.toBeNull();
  expect(comparableEmail(one)).not.toBe(comparableEmail(other));
});

test.each([
  ["the Kelvin sign before the @", "\u212aim@acme.test"],
  ["the Kelvin sign in the domain", "ana@\u212aelvin.test"],
  ["full-width letters in the domain", "ana@ａcme.test"],
  ["a long s in the domain", "ana@acme.teſt"],
  ["a ligature in the domain", "ana@ﬁrm.test"],
  ["an ideographic full stop", "ana@acme。test"],
  ["a Greek question mark", "ana\u037e@acme.test"],
  ["a zero-width space", "ana\u200b@acme.test"],
  ["a soft hyphen in the domain", "ana@ac\u00adme.test"],
  ["a filler that nobody sees", "ana\u3164@acme.test"],
  ["a turned order", "ana\u202e@acme.test"],
  ["a number that is an IP address to a browser", "ana@1.2.3"],
  ["an address in brackets", "ana@[127.0.0.1]"],
  ["an escaped letter", "ana@%61cme.test"],
  ["a port", "ana@acme.test:25"],
  ["a path", "ana@acme.test/x"],
  ["two at signs", "ana@eve@acme.test"],
  ["no label", "ana@acme..test"],
  ["a blank", "ana @acme.test"],
  ["NUL", "ana\0@acme.test"],
  ["half a surrogate pair", "ana\ud800@acme.test"],
  ["too much", `${"a".repeat(65)}@acme.test`],
  ["nothing before", "@acme.test"],
  ["nothing behind", "ana@"],
  ["nothing at all", ""],
])("%s makes no address", (_, given) => {
  expect(comparableEmail(given)).toBeNull();
});
