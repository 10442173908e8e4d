import { patternCharacters } from "./pattern";

interface Token {
  readonly allows: (character: string) => boolean;
  /** Stands for any number of such characters. */
  readonly isRun: boolean;
}

const tokens: Readonly<Record<string, Token>> = {
  "**": { allows: (character) => character !== ":", isRun: true },
  "*": { allows: (character) => character !== ":" && character !== "/", isRun: true },
  "#": { allows: (character) => /^\d$/.test(character), isRun: false },
};

/**
 * Whether a resource pattern of IAM, whose `*` may stand for anything, can name one of the ARNs that a target describes. There `*`
 * stands for characters of one name, `**` for several names with slashes, neither for a colon, and `#` for a digit: a wildcard of
 * the pattern cannot swallow what tells the kind of resource.
 */
export function canName(pattern: string, target: string): boolean {
  const left = patternCharacters(pattern);
  const right = [...target.matchAll(/\*\*|./gs)].map(([text]): Token => {
    return tokens[text] ?? { allows: (character) => character === text, isRun: false };
  });
  const seen = new Set<number>();
  const open: [number, number][] = [[0, 0]];
  for (let place = open.pop(); place; place = open.pop()) {
    const [i, j] = place;
    const key = i * (right.length + 1) + j;
    if (seen.has(key)) continue;
    seen.add(key);
    if (i === left.length && j === right.length) return true;
    open.push(...stepsFrom(left[i], right[j]).map(([ahead, along]): [number, number] => [i + ahead, j + along]));
  }
  return false;
}

/** How far both may go on together: past a run that ends, or over one character that both allow. */
function stepsFrom(character: string | undefined, token: Token | undefined): [number, number][] {
  const steps: [number, number][] = [];
  if (character === "*") steps.push([1, 0]);
  if (token?.isRun) steps.push([0, 1]);
  if (character === undefined || !token) return steps;
  if (character === "*" || character === "?" || token.allows(character)) {
    steps.push([character === "*" ? 0 : 1, token.isRun ? 0 : 1]);
  }
  return steps;
}

/** The target that the ARN of a resource type describes, such as `arn:*:ec2:*:*:instance/*`. */
export function typeTarget(arn: string): string {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":").replaceAll("*", "**")].join(":");
}
