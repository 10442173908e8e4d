export interface ConfigFault {
  /** Such as `ongoingPermissions[2].actions[0]`. */
  readonly path: string;
  readonly message: string;
}

export type Path = readonly PropertyKey[];

export function fault(path: Path, message: string): ConfigFault {
  return { path: pathText(path), message };
}

export function pathText(path: Path): string {
  if (path.length === 0) return "the configuration";
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^\w+$/.test(String(part))) return `${text}[${JSON.stringify(String(part))}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}
