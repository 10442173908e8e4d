import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isForOfStatement,
  isIfStatement,
  isLiteralTypeNode,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isStringLiteral,
  isThrowStatement,
} from "typescript/unstable/ast/is";

export type Kind = "comparison" | "condition" | "statement" | "entry" | "constant";

/** What one mutant differs in: the text from `start` to `end` becomes `text`. */
export interface Change {
  kind: Kind;
  start: number;
  end: number;
  text: string;
}

/** Every change that is tried in a file, in its order: the mistakes that somebody may make there, or an attacker wish for. */
export function changesOf(file: SourceFile): Change[] {
  const changes: Change[] = [];
  const visit = (node: Node): void => {
    for (const mutator of mutators) changes.push(...mutator(node, file));
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return changes.sort((one, other) => one.start - other.start || one.end - other.end);
}

type Mutator = (node: Node, file: SourceFile) => Change[];

const replace = (kind: Kind, file: SourceFile, node: Node, text: string): Change => ({
  kind,
  start: node.getStart(file),
  end: node.end,
  text,
});

const comparisons = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, ["!=="]],
  [SyntaxKind.ExclamationEqualsEqualsToken, ["==="]],
  [SyntaxKind.LessThanToken, ["<=", ">="]],
  [SyntaxKind.LessThanEqualsToken, ["<", ">"]],
  [SyntaxKind.GreaterThanToken, [">=", "<="]],
  [SyntaxKind.GreaterThanEqualsToken, [">", "<"]],
]);

/** `===` turns round; `<` loses its edge, or turns round. */
const comparison: Mutator = (node, file) =>
  isBinaryExpression(node)
    ? (comparisons.get(node.operatorToken.kind) ?? []).map((text) =>
        replace("comparison", file, node.operatorToken, text),
      )
    : [];

/** `every` for `some`, and the other way round. */
const quantifier: Mutator = (node, file) => {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const { name } = node.expression;
  if (name.text === "every") return [replace("comparison", file, name, "some")];
  return name.text === "some" ? [replace("comparison", file, name, "every")] : [];
};

const connectives = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** One side of `&&`, `||`, `??` and `?:` alone, an `if` that always holds, a `!` that is gone. */
const condition: Mutator = (node, file) => {
  const alone = (part: Node) => replace("condition", file, node, `(${part.getText(file)})`);
  if (isBinaryExpression(node) && connectives.has(node.operatorToken.kind))
    return [alone(node.left), alone(node.right)];
  if (isConditionalExpression(node)) return [alone(node.whenTrue), alone(node.whenFalse)];
  if (isIfStatement(node)) return [replace("condition", file, node.expression, "true")];
  return isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken ? [alone(node.operand)] : [];
};

/** A call, an assignment, a `throw`, an `if` without `else`, a loop or an early return that is not there. */
const statement: Mutator = (node, file) => {
  const directive = isExpressionStatement(node) && isStringLiteral(node.expression);
  const removable =
    (isExpressionStatement(node) && !directive) ||
    isThrowStatement(node) ||
    isForOfStatement(node) ||
    (isIfStatement(node) && !node.elseStatement) ||
    (isReturnStatement(node) && !node.expression);
  return removable ? [replace("statement", file, node, "{}")] : [];
};

/** A list without one of its entries, an object without one of its keys: a `where` that asks for less. */
const entry: Mutator = (node, file) => {
  const entries = isArrayLiteralExpression(node)
    ? node.elements
    : isObjectLiteralExpression(node)
      ? node.properties
      : [];
  return entries.map((lost, index) => {
    const next = entries[index + 1];
    const start = next || index === 0 ? lost.getStart(file) : (entries[index - 1] ?? lost).end;
    return { kind: "entry", start, end: next ? next.getStart(file) : lost.end, text: "" };
  });
};

/** `true` for `false`, and a number that is one more. */
const constant: Mutator = (node, file) => {
  if (isLiteralTypeNode(node.parent)) return [];
  if (node.kind === SyntaxKind.TrueKeyword) return [replace("constant", file, node, "false")];
  if (node.kind === SyntaxKind.FalseKeyword) return [replace("constant", file, node, "true")];
  if (!isNumericLiteral(node)) return [];
  return [replace("constant", file, node, String(Number(node.text.replaceAll("_", "")) + 1))];
};

const mutators: readonly Mutator[] = [comparison, quantifier, condition, statement, entry, constant];
