/**
 * How e-mail addresses are compared. Only A to Z have a small letter here: Unicode would turn other letters into these too (the
 * Kelvin sign into k), and so one person's address into another's.
 */
export function comparableEmail(address: string): string {
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
