import type { Service } from "../service";
import {
  createOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  getOpenIdConnectProvider,
} from "./identity-providers";
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  getInstanceProfile,
  listInstanceProfilesForRole,
  removeRoleFromInstanceProfile,
} from "./instance-profiles";
import { createPolicy, deletePolicy, getPolicy, listPolicies } from "./policies";
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from "./policy-versions";
import {
  attachRolePolicy,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePermissionsBoundary,
  putRolePolicy,
} from "./role-policies";
import { listRoleTags, tagRole, untagRole } from "./role-tags";
import { createRole, deleteRole, getRole, listRoles, updateAssumeRolePolicy, updateRole } from "./roles";
import { simulateCustomPolicy } from "./simulate/simulate-custom-policy";
import { simulatePrincipalPolicy } from "./simulate/simulate-principal-policy";

export const iam: Service = {
  name: "iam",
  protocol: "query",
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: {
    CreateOpenIDConnectProvider: createOpenIdConnectProvider,
    DeleteOpenIDConnectProvider: deleteOpenIdConnectProvider,
    GetOpenIDConnectProvider: getOpenIdConnectProvider,
    CreatePolicyVersion: createPolicyVersion,
    CreatePolicy: createPolicy,
    DeletePolicyVersion: deletePolicyVersion,
    DeletePolicy: deletePolicy,
    GetPolicyVersion: getPolicyVersion,
    GetPolicy: getPolicy,
    ListPolicies: listPolicies,
    ListPolicyVersions: listPolicyVersions,
    SetDefaultPolicyVersion: setDefaultPolicyVersion,
    AddRoleToInstanceProfile: addRoleToInstanceProfile,
    CreateInstanceProfile: createInstanceProfile,
    DeleteInstanceProfile: deleteInstanceProfile,
    GetInstanceProfile: getInstanceProfile,
    ListInstanceProfilesForRole: listInstanceProfilesForRole,
    RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
    AttachRolePolicy: attachRolePolicy,
    CreateRole: createRole,
    DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
    DeleteRolePolicy: deleteRolePolicy,
    DeleteRole: deleteRole,
    DetachRolePolicy: detachRolePolicy,
    GetRolePolicy: getRolePolicy,
    GetRole: getRole,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: listRolePolicies,
    ListRoleTags: listRoleTags,
    ListRoles: listRoles,
    PutRolePermissionsBoundary: putRolePermissionsBoundary,
    PutRolePolicy: putRolePolicy,
    SimulateCustomPolicy: simulateCustomPolicy,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
    TagRole: tagRole,
    UntagRole: untagRole,
    UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    UpdateRole: updateRole,
  },
};
