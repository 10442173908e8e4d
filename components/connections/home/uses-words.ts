/** "No use in 7 days", "1 use in 7 days", "88 uses in 7 days". */
export function usesWords(uses: number): string {
  if (uses === 0) return "no use in 7 days";
  return `${uses.toLocaleString("en")} ${uses === 1 ? "use" : "uses"} in 7 days`;
}
