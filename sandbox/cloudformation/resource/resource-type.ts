import type { RequestContext } from "../../service";
import type { Json, JsonObject } from "../template/json";

export interface PropertyRule {
  kind: "string" | "integer" | "strings" | "document" | "object" | "objects";
  required?: true;
  /** A change makes a new resource instead of changing the one there is. */
  replaces?: true;
  /** Never changes; this is what CloudFormation says of an attempt. */
  fixed?: string;
  /** Chooses the resource's own name, so that it cannot be replaced by another of that name. */
  names?: true;
}

/** A resource that exists. */
export interface Existing {
  physicalId: string;
  properties: JsonObject;
  attributes: Record<string, Json>;
}

export interface ResourceContext {
  request: RequestContext;
  stackName: string;
  stackId: string;
  logicalId: string;
  /** The stack's own tags, which resources that take tags inherit. */
  tags: { Key: string; Value: string }[];
  /** What the stack's creator acknowledged. */
  capabilities: string[];
  /** To be called as soon as the resource exists, so that a later failure removes it again; by an update that replaced it. */
  created(physicalId: string, attributes: Record<string, Json>, options?: { noEcho: boolean }): void;
  /** To be called before somebody else is waited for, however long that takes. */
  waits(): void;
}

/** How one resource type is made, changed and removed. Properties have been checked against the rules. */
export interface ResourceType {
  type: string;
  properties: Record<string, PropertyRule>;
  /** Takes other properties, too, as text. */
  open?: true;
  /** What Fn::GetAtt can read; `.*` at the end stands for any name. */
  attributes: readonly string[];
  create(properties: JsonObject, context: ResourceContext): Promise<void>;
  /** Changes it in place and answers its attributes. */
  update(existing: Existing, properties: JsonObject, context: ResourceContext): Promise<Record<string, Json>>;
  /** Its properties as they are now, whoever changed them; undefined when it is gone. Without it, changes from outside go unseen. */
  read?(existing: Existing, context: ResourceContext): Promise<JsonObject | undefined>;
  delete(existing: Existing, context: ResourceContext): Promise<void>;
}
