export type EncryptionContext = Record<string, string>;

/** One byte string per set of pairs, whatever their order: sorted, each part preceded by its length. */
export function canonicalContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).map((pair) => pair.map((text) => Buffer.from(text)));
  pairs.sort(([left], [right]) => Buffer.compare(left ?? Buffer.alloc(0), right ?? Buffer.alloc(0)));
  return Buffer.concat(pairs.flat().flatMap((part) => [lengthOf(part), part]));
}

export function contextConditionKeys(context: EncryptionContext): Record<string, string | string[]> {
  const names = Object.keys(context);
  if (names.length === 0) return {};
  return {
    "kms:EncryptionContextKeys": names,
    ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}
