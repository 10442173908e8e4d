/**
 * Letters and signs by their category that are shown as nothing: Hangul fillers, the empty pattern of Braille, the null notehead of music
 * and the blanks of hieroglyphs.
 */
const visible = /(?![\u115f\u1160\u2800\u3164\uffa0\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether somebody who reads it sees anything. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** Without control characters, halves of characters, and signs that turn the order of what follows. */
export const oneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
