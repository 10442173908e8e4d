import type { DiagnosisCause } from "../types";

export interface CauseText {
  title: string;
  /** What happened, for the customer's cloud admin. */
  explanation: string;
  nextAction: string;
  /** How it is told from the others: what makes it certain, likely or possible. */
  toldBy: string;
  /** AWS page that it rests on. */
  source: string;
}

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

/** The one place that words a cause; pages, reports and docs/diagnosis.md take it from here. */
export const causeTexts: Readonly<Record<DiagnosisCause, CauseText>> = {
  "still-propagating": {
    title: "AWS is still propagating the role",
    explanation:
      "The role is so new that some of AWS's servers do not know it yet and refuse it. This usually takes less than a minute.",
    nextAction: "Nothing to change: wait a minute and verify again.",
    toldBy:
      "AssumeRole refused within two minutes of the stack's launch, or refused and allowed in turn: likely. Possible until a minute has been waited out.",
    source: `${guide}troubleshoot_general.html`,
  },
  "role-not-found": {
    title: "There is no such role",
    explanation:
      "There is no role with this ARN: the stack was not created, was rolled back or deleted, or the ARN is spelled differently.",
    nextAction:
      "Look for the stack in CloudFormation, in the account and Region where it was launched, and copy RoleArn from its Outputs; without a stack, open the launch link again. Then verify again.",
    toldBy:
      "AWS gives the same answer for a missing role and for one that refuses, so this is never certain. Likely where the ARN was predicted rather than pasted, or the role worked before.",
    source: `${guide}troubleshoot_roles.html`,
  },
  "wrong-external-id": {
    title: "The role asks for another external ID",
    explanation:
      "The role asks for an external ID that the portal did not issue. Most often the stack's parameter ExternalId was edited in the console.",
    nextAction:
      "Open the stack in CloudFormation and compare its parameter ExternalId with the external ID shown here. If they differ, or there is no stack, open the launch link again and leave its parameters unchanged; then verify again.",
    toldBy:
      "AssumeRole refused for a role that never worked, while our own identity is in order: likely. Possible in other cases.",
    source: `${guide}id_roles_create_for-user_externalid.html`,
  },
  "wrong-vendor-principal": {
    title: "The role does not trust the vendor's identity",
    explanation:
      "The role's trust policy names another account or identity than the vendor's, or has a further condition that the vendor does not meet.",
    nextAction:
      "Compare the role's trust policy with the template's, or update the stack with the template unchanged; then verify again.",
    toldBy:
      "AWS says that no role trust policy allows the call: likely, beside a wrong external ID. Possible for any other refusal.",
    source: `${guide}reference_policies_elements_principal.html`,
  },
  "wrong-account": {
    title: "The role is in another account",
    explanation: "The role is not in the AWS account that this connection is for.",
    nextAction:
      "Paste the ARN of the role in this connection's account, or create a new connection for the other account: a connection's account never changes.",
    toldBy: "The account ID in the ARN, or the one that GetCallerIdentity returns, is not the connection's: certain.",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
  },
  "role-taken": {
    title: "The role belongs to another connection",
    explanation: "Another connection already uses this role. A role serves only one connection.",
    nextAction:
      "Create a separate role for this connection: open its launch link and leave the parameters as they are, then enter that role's ARN. If the role is yours and you do not know of another connection, write to the vendor.",
    toldBy: "Another connection verified the same role and is not disconnected: certain. AWS's answers never show it.",
    source: `${guide}confused-deputy.html`,
  },
  "wrong-partition": {
    title: "The role is in another AWS partition",
    explanation:
      "The role and this connection are in different AWS partitions (standard, China, GovCloud or European Sovereign Cloud). Roles cannot be assumed across partitions.",
    nextAction: "Create a new connection with a Region in the role's partition.",
    toldBy: "The ARN names another partition than the connection's Region belongs to: certain.",
    source: "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
  },
  "region-not-enabled": {
    title: "The Region is not active",
    explanation: "AWS's Security Token Service is not active in this Region for your account or for the vendor's.",
    nextAction:
      "Activate the Region's STS endpoint in the IAM console under Account settings, or choose another Region for this connection; then verify again.",
    toldBy: "AWS answers RegionDisabledException: certain.",
    source: `${guide}id_credentials_temp_enable-regions.html`,
  },
  "resource-control-policy": {
    title: "An organization's policy keeps outsiders from assuming roles",
    explanation:
      "A resource control policy of your AWS organization refuses AssumeRole to accounts outside the organization, whatever the role's own trust policy says.",
    nextAction:
      "Ask the administrator of your AWS organization to exempt the vendor's account from the resource control policy on sts:AssumeRole; then verify again.",
    toldBy:
      "AWS names a resource control policy in its refusal: likely. Possible where a role that worked before, or whose trust is in order, is refused.",
    source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html",
  },
  "service-control-policy": {
    title: "An organization's policy forbids what the role may do",
    explanation:
      "A service control policy of your AWS organization forbids calls that the role's own policies allow. The role's trust is in order.",
    nextAction:
      "Ask the administrator of your AWS organization to allow the calls named with this check for this role in the service control policy; then verify again.",
    toldBy:
      "AWS's simulator says that the organization does not allow the call: likely, because it may lack a condition key that the policy asks for. AWS names it in a refusal, or attached policies allow what a real call was refused: likely.",
    source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  },
  "permissions-boundary": {
    title: "The permissions boundary does not allow it",
    explanation:
      "The role's permissions boundary, the policy that caps what the role may ever do, leaves out calls that the template grants.",
    nextAction:
      "Allow the calls named with this check in the boundary's policy, or give the stack another one in its parameter PermissionsBoundaryArn; then verify again.",
    toldBy:
      "The boundary's policy, or AWS's simulator, does not allow the call: certain. AWS names it in a refusal: likely.",
    source: `${guide}access_policies_boundaries.html`,
  },
  "session-policy": {
    title: "The session is narrower than the role",
    explanation:
      "The session was opened with a policy of its own that narrows it. As far as this shows, nothing is wrong with the role.",
    nextAction: "Nothing needs to be done in your account. Tell the vendor's support, then verify again.",
    toldBy: "AWS names a session policy in its refusal: likely.",
    source: `${guide}access_policies.html`,
  },
  "resource-policy": {
    title: "Something other than the role's policies refuses",
    explanation:
      "The role's policies and AWS's simulator allow the call, but AWS refused a real one. The cause is a policy that neither covers: the resource's, a network endpoint's, or a resource control policy.",
    nextAction:
      "Look in CloudTrail for the refused call by this role: its error message names the kind of policy. Exempt the role there, then verify again.",
    toldBy: "A real call was refused that policies and simulator allow: likely. AWS names such a policy: likely.",
    source: `${guide}access_policies_testing-policies.html`,
  },
  "missing-permission": {
    title: "The role is not granted what the template grants",
    explanation: "The role's policies were edited, or its stack uses an older template.",
    nextAction:
      "Update the stack with the current template, or add each statement shown with this check in IAM; then verify again.",
    toldBy: "No attached policy grants the call, as far as they could be read: likely.",
    source: `${guide}reference_policies_evaluation-logic.html`,
  },
  "explicit-deny": {
    title: "A Deny takes away what the template grants",
    explanation: "A Deny statement in another policy of the role takes away what the template grants.",
    nextAction:
      "Remove the Deny from the policy named with this check, or exempt the calls from it; then verify again.",
    toldBy: "An attached policy denies the call without condition, or AWS's simulator says explicitDeny: certain.",
    source: `${guide}reference_policies_evaluation-logic.html`,
  },
  "setup-period-over": {
    title: "The setup permissions have ended",
    explanation:
      "The setup permissions ended by themselves at the time in the stack's parameter SetupExpiresAt, as intended.",
    nextAction:
      "If setup is not finished, update the stack with a later SetupExpiresAt; otherwise nothing needs to be done.",
    toldBy: "The statements' DateLessThan aws:CurrentTime passed before setup was marked as done: certain.",
    source: `${guide}reference_policies_examples_aws-dates.html`,
  },
  "own-identity": {
    title: "The portal's own AWS identity is not in order",
    explanation:
      "AWS did not accept the portal's own credentials, they belong to an account other than the vendor's, or they may not assume roles. As far as this shows, nothing is wrong with your role.",
    nextAction: "Nothing needs to be done in your account. Tell the vendor's support, then verify again.",
    toldBy:
      "AWS refuses the credentials, or GetCallerIdentity returns another account than the configured one: certain. AWS says that no identity-based policy allows the call: likely.",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html",
  },
  "request-not-accepted": {
    title: "AWS did not accept the request",
    explanation: "AWS did not accept the request as the portal sent it, so the role was not tested.",
    nextAction: "Check that the role ARN is complete and verify again; if this repeats, tell the vendor's support.",
    toldBy: "AWS answers ValidationError or the like: certain.",
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  },
  throttled: {
    title: "AWS is limiting the portal's requests",
    explanation: "AWS is limiting the portal's requests at the moment. That says nothing about the role.",
    nextAction: "Verify again in a minute. What is known about this connection has not changed.",
    toldBy: "AWS answers Throttling or status 429: certain.",
    source: `${guide}reference_iam-quotas.html`,
  },
  "aws-unavailable": {
    title: "AWS gave no clear answer",
    explanation:
      "AWS gave no clear answer in time: it is down, cannot be reached, or gave an unknown answer. That says nothing about the role.",
    nextAction: "Verify again in a minute. What is known about this connection has not changed.",
    toldBy: "A time limit, a broken connection, a status of 500 or more, or an unknown code: certain.",
    source: "https://health.aws.amazon.com/health/status",
  },
};
