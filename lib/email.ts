import { domainToASCII, domainToUnicode } from "node:url";

/** Letters and signs of any script, and what ASCII allows without quotation marks ({@link https://www.rfc-editor.org/rfc/rfc6531#section-3.3 RFC 6531}). */
const localPart = /^(?:[\w!#$%&'*+/=?^`{|}~.-]|[^\p{ASCII}\p{C}\p{Z}\p{DI}]){1,64}$/u;
const domainName = /^(?:[\p{L}\p{M}\p{N}-]+\.)*[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}-][\p{L}\p{M}\p{N}-]*$/u;

/** Signs that Unicode itself turns into a letter or sign of ASCII: the Kelvin sign, the Greek question mark and the varia. */
const becomesAscii = /[\u212a\u037e\u1fef]/;

/**
 * The one form in which e-mail addresses are kept and compared; null for what is no address. Accents are composed (NFC), the domain
 * is in lower case and, where it is international, in punycode, so that one mailbox has one form however it was typed. Of the part before the @,
 * only A to Z have a small letter here. What would turn into someone else's address on the way, such as full-width letters in a domain, is no address.
 */
export function comparableEmail(address: string): string | null {
  const at = address.lastIndexOf("@");
  if (at < 1 || address.length > 320 || becomesAscii.test(address)) return null;
  const local = inSmallLetters(address.slice(0, at).normalize("NFC"));
  const domain = comparableDomain(address.slice(at + 1));
  return domain && localPart.test(local) ? `${local}@${domain}` : null;
}

function comparableDomain(given: string): string | null {
  const name = given.normalize("NFC").replace(/\P{ASCII}/gu, (letter) => letter.toLowerCase());
  const domain = inSmallLetters(name);
  if (!domainName.test(domain)) return null;
  const ascii = domainToASCII(domain);
  // A letter that the mapping of domain names replaced by another one is not there any more on the way back.
  return ascii !== "" && (ascii === domain || domainToUnicode(ascii) === domain) ? ascii : null;
}

function inSmallLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
