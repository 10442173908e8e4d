import type { Json, JsonObject } from "./json";

/** A template whose structure has been checked; every map is keyed by logical ID and keeps the author's order. */
export interface Template {
  description?: string;
  metadata?: Json;
  parameters: Map<string, ParameterDeclaration>;
  mappings: JsonObject;
  rules: Map<string, RuleDeclaration>;
  conditions: Map<string, Json>;
  resources: Map<string, ResourceDeclaration>;
  outputs: Map<string, OutputDeclaration>;
}

/** What must hold of the parameters, where its condition does. */
export interface RuleDeclaration {
  condition?: Json;
  assertions: { assert: Json; description?: string }[];
}

export interface ParameterDeclaration {
  type: "String" | "Number" | "CommaDelimitedList" | "List<Number>";
  default?: string;
  description?: string;
  noEcho: boolean;
  allowedValues?: string[];
  allowedPattern?: string;
  constraintDescription?: string;
  minLength?: number;
  maxLength?: number;
  minValue?: number;
  maxValue?: number;
}

export type DeletionPolicy = "Delete" | "Retain" | "RetainExceptOnCreate";

export interface ResourceDeclaration {
  type: string;
  properties: JsonObject;
  condition?: string;
  dependsOn: string[];
  deletionPolicy: DeletionPolicy;
  updateReplacePolicy: "Delete" | "Retain";
}

export interface OutputDeclaration {
  value: Json;
  description?: string;
  condition?: string;
  exportName?: Json;
}
