import type { Json, JsonObject } from "./json";

/** What a template's functions are evaluated against. */
export interface Scope {
  /** Parameters and pseudo parameters by name. */
  values: Map<string, Json>;
  mappings: JsonObject;
  conditions: Map<string, boolean>;
  region: string;
  /** What Ref of a resource answers; undefined while it does not exist. */
  resource(logicalId: string): { ref: string; attributes: Record<string, Json> } | undefined;
  /** Value that another stack exports under this name. */
  exported(name: string): string | undefined;
}
