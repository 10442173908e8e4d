/**
 * Letters and signs by their category that are shown as nothing: Hangul fillers, the empty pattern of Braille, the null notehead of music
 * and the blanks of hieroglyphs.
 */
const visible = /(?![\u115f\u1160\u2800\u3164\uffa0\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether somebody who reads it sees anything. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}
