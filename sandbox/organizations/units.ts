import { z } from "zod";
import { isParent } from "../organization/organizations";
import { AwsError, type Operation } from "../service";
import { managed } from "./access";
import { describeUnit } from "./describe";
import { absent } from "./error";
import { accountId, parentId, parse } from "./input";
import { randomId } from "./random-id";

export const createUnit: Operation = (input, context) => {
  const schema = z.strictObject({ ParentId: parentId, Name: z.string().min(1).max(128) });
  const { ParentId, Name } = parse(schema, input);
  const organization = managed("CreateOrganizationalUnit", context);
  if (!isParent(organization, ParentId)) throw absent("Parent");
  if (organization.units.some(({ name, parentId }) => name === Name && parentId === ParentId)) {
    throw new AwsError("DuplicateOrganizationalUnitException", "An OU with the same name already exists.");
  }
  const unit = { id: randomId(`ou-${organization.rootId.slice(2)}-`, 8), name: Name, parentId: ParentId };
  organization.units.push(unit);
  return { OrganizationalUnit: describeUnit(unit, organization) };
};

export const listUnits: Operation = (input, context) => {
  const { ParentId } = parse(z.strictObject({ ParentId: parentId }), input);
  const organization = managed("ListOrganizationalUnitsForParent", context);
  if (!isParent(organization, ParentId)) throw absent("Parent");
  const units = organization.units.filter((unit) => unit.parentId === ParentId);
  return { OrganizationalUnits: units.map((unit) => describeUnit(unit, organization)) };
};

export const listParents: Operation = (input, context) => {
  const { ChildId } = parse(z.strictObject({ ChildId: z.union([accountId, parentId]) }), input);
  const { accounts, units, rootId } = managed("ListParents", context);
  const child = [...accounts, ...units].find(({ id }) => id === ChildId);
  if (!child) throw new AwsError("ChildNotFoundException", "You specified a child that doesn't exist.");
  const Type = child.parentId === rootId ? "ROOT" : "ORGANIZATIONAL_UNIT";
  return { Parents: [{ Id: child.parentId, Type }] };
};
