import { AwsError } from "../../service";
import { resourceType } from "../resource/registry";
import { own } from "../template/json";
import type { Deployment } from "./record-event";
import { liveResources, type ResourceRecord, stacksHere } from "./state";

/** AWS's text when the name that a template chose is taken: with the stack that has it, if it is one of this Region. */
export function collisionReason(
  { stack, context }: Deployment,
  resource: ResourceRecord,
  error: unknown,
): string | undefined {
  if (!(error instanceof AwsError) || !/AlreadyExists/.test(error.code)) return undefined;
  const name = customName(resource);
  if (name === undefined) return undefined;
  const owner = stacksHere(context).find(
    (other) =>
      other.id !== stack.id &&
      liveResources(other).some((item) => item.type === resource.type && customName(item) === name),
  );
  return owner ? `${name} already exists in stack ${owner.id}` : `${name} already exists`;
}

function customName({ type, properties }: ResourceRecord): string | undefined {
  const property = Object.entries(resourceType(type).properties).find(([, { names }]) => names)?.[0];
  const name = property === undefined ? undefined : own(properties, property);
  return typeof name === "string" ? name : undefined;
}
