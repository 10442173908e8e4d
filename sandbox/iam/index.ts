import type { Service } from "../service";
import { createPolicy } from "./policy/create-policy";
import { createPolicyVersion } from "./policy/create-policy-version";
import { deletePolicy } from "./policy/delete-policy";
import { deletePolicyVersion } from "./policy/delete-policy-version";
import { getPolicy } from "./policy/get-policy";
import { getPolicyVersion } from "./policy/get-policy-version";
import { listPolicies } from "./policy/list-policies";
import { listPolicyVersions } from "./policy/list-policy-versions";
import { setDefaultPolicyVersion } from "./policy/set-default-policy-version";
import { attachRolePolicy } from "./role/attach-role-policy";
import { createRole } from "./role/create-role";
import { deleteRole } from "./role/delete-role";
import { deleteRolePermissionsBoundary } from "./role/delete-role-permissions-boundary";
import { deleteRolePolicy } from "./role/delete-role-policy";
import { detachRolePolicy } from "./role/detach-role-policy";
import { getRole } from "./role/get-role";
import { getRolePolicy } from "./role/get-role-policy";
import { listAttachedRolePolicies } from "./role/list-attached-role-policies";
import { listRolePolicies } from "./role/list-role-policies";
import { listRoleTags } from "./role/list-role-tags";
import { listRoles } from "./role/list-roles";
import { putRolePermissionsBoundary } from "./role/put-role-permissions-boundary";
import { putRolePolicy } from "./role/put-role-policy";
import { tagRole } from "./role/tag-role";
import { untagRole } from "./role/untag-role";
import { updateAssumeRolePolicy } from "./role/update-assume-role-policy";
import { updateRole } from "./role/update-role";
import { simulateCustomPolicy } from "./simulate/simulate-custom-policy";
import { simulatePrincipalPolicy } from "./simulate/simulate-principal-policy";

export const iam: Service = {
  name: "iam",
  protocol: "query",
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: {
    CreatePolicyVersion: createPolicyVersion,
    CreatePolicy: createPolicy,
    DeletePolicyVersion: deletePolicyVersion,
    DeletePolicy: deletePolicy,
    GetPolicyVersion: getPolicyVersion,
    GetPolicy: getPolicy,
    ListPolicies: listPolicies,
    ListPolicyVersions: listPolicyVersions,
    SetDefaultPolicyVersion: setDefaultPolicyVersion,
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
