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
  "role-arn-unusable": {
    title: "The role ARN cannot be used",
    explanation: "What was given is not the ARN of a role that this connection can use.",
    nextAction: "Paste the ARN of the role in your account, from the stack's outputs.",
    toldBy: "The text itself, before AWS is asked: certain.",
    source: `${guide}reference_identifiers.html`,
  },
  "role-not-found": {
    title: "There is no such role",
    explanation:
      "There is no role with this ARN: the stack was not created, was rolled back or deleted, or the ARN is spelled differently.",
    nextAction:
      "Look for the stack in CloudFormation, in the account and Region where it was launched. If it is there and complete, copy RoleArn from its Outputs. If it is in ROLLBACK_COMPLETE, delete it first, because AWS makes no second stack of its name; then, or if there is none, make it by the launch link. Then verify again.",
    toldBy:
      "AWS gives the same answer for a missing role and for one that refuses, so this is never certain. Likely where the ARN was predicted rather than pasted, or the role worked before.",
    source: `${guide}troubleshoot_roles.html`,
  },
  "wrong-external-id": {
    title: "The role asks for another external ID",
    explanation:
      "The role asks for an external ID that the portal did not issue. Most often the stack's parameter ExternalId was edited in the console.",
    nextAction:
      "Update the stack with the external ID of this connection; the launch link cannot change a stack that exists. If AWS answers that no updates are to be performed, the role was changed by hand: set its trust policy. Then verify again.",
    toldBy:
      "AssumeRole refused for a role that never worked, while our own identity is in order: likely. Possible in other cases.",
    source: `${guide}id_roles_create_for-user_externalid.html`,
  },
  "wrong-vendor-principal": {
    title: "The role does not trust the vendor's identity",
    explanation:
      "The role's trust policy names another account or identity than the vendor's, or has a further condition that the vendor does not meet.",
    nextAction:
      "Set the role's trust policy to the template's, or let the stack undo what was changed by hand: an update with the template unchanged does nothing. Then verify again.",
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
      "Enable the Region for your account, or its STS endpoint in the IAM console under Account settings; then verify again. If it is active in your account, tell the vendor's support.",
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
      "Let the stack restore what the template grants, or add each statement shown with this check in IAM; then verify again.",
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
    nextAction:
      "Nothing needs to be done in your account. Tell the vendor's support, who must put the portal's own AWS identity in order, then verify again.",
    toldBy:
      "AWS refuses the credentials, or GetCallerIdentity returns another account than the configured one: certain. AWS's simulator, where the portal may ask it about itself, or AWS's refusal says that the portal's own policies do not allow the call: likely.",
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
  "trust-open": {
    title: "Others can assume the role",
    explanation: "The role can be used by others than the vendor with this connection's external ID.",
    nextAction:
      "Set the role's trust policy to the template's, or let the stack undo what was changed by hand: an update with the template unchanged does nothing. Then verify again; the connection stays blocked until a verification passes.",
    toldBy:
      "A request without the external ID, or with a wrong one, was allowed, or the trust policy says so: certain.",
    source: `${guide}id_roles_create_for-user_externalid.html`,
  },
  "trust-wider": {
    title: "The trust policy allows more than the template's",
    explanation: "The trust policy allows more than the template's, to nobody outside your account and the vendor's.",
    nextAction:
      "Set the role's trust policy to the template's, or let the stack undo what was changed by hand; then verify again.",
    toldBy: "The trust policy says so: certain.",
    source: `${guide}reference_policies_elements_principal.html`,
  },
  "trust-differs": {
    title: "The trust policy differs from the template's",
    explanation: "The trust policy differs from the template's, without letting anyone else in.",
    nextAction: "If that is meant, nothing needs to be done; otherwise set the role's trust policy to the template's.",
    toldBy: "The trust policy says so: certain.",
    source: `${guide}reference_policies_elements_principal.html`,
  },
  "role-made-again": {
    title: "The role was recreated",
    explanation: "The role was deleted and recreated under the same name since it was last verified.",
    nextAction:
      "If you recreated the stack, verify once more and the new role is taken as known. Otherwise find out who did, in CloudTrail under CreateRole.",
    toldBy: "The role has another unique ID than before: certain.",
    source: `${guide}reference_identifiers.html`,
  },
  "used-by-others": {
    title: "Someone else uses the role",
    explanation: "The role was used when no session of ours lived, so someone else can use it.",
    nextAction:
      "In CloudTrail look for AssumeRole events of this role at the time shown with this check: userIdentity names who did. If it was nobody that you know, look at the role's trust policy.",
    toldBy: "AWS's record of the role's last use, which no session of ours explains: likely.",
    source: `${guide}id_roles_manage_delete.html`,
  },
  "role-unreadable": {
    title: "The role may not read itself",
    explanation:
      "The role may not read itself or its policies, so what it is and what it is granted cannot be seen completely.",
    nextAction:
      "Let the stack restore what the template grants, which lets the role read itself; then verify again. A role that was made by hand needs the statements of the template whose Sid begins with CrossAccountReadOwn.",
    toldBy: "AWS refused iam:GetRole or the reading of policies to the role's session: certain.",
    source: `${guide}access_policies_managed-vs-inline.html`,
  },
  "policy-unreadable": {
    title: "A policy of the role cannot be read",
    explanation: "The role may not read one of its policies, so what that policy grants or denies is not known.",
    nextAction: "Look at the policy in IAM, and detach it from the role unless it is meant; then verify again.",
    toldBy: "AWS refused the reading of a policy that another tool than the template attached: certain.",
    source: `${guide}access_policies_managed-vs-inline.html`,
  },
  "denied-in-part": {
    title: "A Deny takes away a part",
    explanation: "Another policy of the role denies part of what the template grants.",
    nextAction:
      "If the denial is meant, nothing needs to be done; otherwise remove it from the policy named with this check.",
    toldBy: "An attached policy denies some of the resources or under a condition: certain.",
    source: `${guide}reference_policies_evaluation-logic.html`,
  },
  "simulator-doubts": {
    title: "AWS's simulator is not sure",
    explanation: "The attached policies grant everything, and AWS's simulator does not allow all of it.",
    nextAction:
      "If calls are refused, look in CloudTrail for the reason; a change that was just made may need a minute.",
    toldBy: "The two methods disagree and no real call was refused: possible.",
    source: `${guide}access_policies_testing-policies.html`,
  },
  "setup-lingers": {
    title: "The setup permissions are still there",
    explanation: "The setup permissions are still attached to the role although setup is done.",
    nextAction: "Update the stack with SetupPhase set to false; then verify again.",
    toldBy: "A policy of the role, or AWS's simulator, still allows them: certain.",
    source: `${guide}best-practices.html`,
  },
  "setup-too-long": {
    title: "The setup permissions last too long",
    explanation: "The setup permissions end later than the template's link asked for, or not at all.",
    nextAction: "Update the stack with the SetupExpiresAt below, or remove them when setup is done.",
    toldBy: "The statements' DateLessThan aws:CurrentTime is too late or absent: certain.",
    source: `${guide}reference_policies_examples_aws-dates.html`,
  },
  "excess-escalation": {
    title: "The role can gain more than it was given",
    explanation: "A policy of the role lets it gain more than it was given.",
    nextAction:
      "Take away the policy named with this check, unless it is the stack's own and was edited: then let the stack restore it. Then verify again.",
    toldBy:
      "A policy allows more than the template, and that leads to the whole account or to the role's own rights: certain.",
    source: `${guide}access_policies_managed-vs-inline.html`,
  },
  excess: {
    title: "The role is granted more than the template grants",
    explanation: "The role is granted more than the template grants, so the vendor could do more than was agreed.",
    nextAction:
      "Take away the policy named with this check, unless it is the stack's own and was edited: then let the stack restore it. Then verify again.",
    toldBy: "A policy allows more than the template: certain.",
    source: `${guide}best-practices.html`,
  },
  "boundary-gone": {
    title: "The role lacks its permissions boundary",
    explanation:
      "The role does not have the permissions boundary that the template gives it, or has another one, so that what it can do at most is not what was agreed.",
    nextAction:
      "Let the stack set the template's boundary again, or set it in IAM; then verify again. Where your organization demands its own, name that one in the stack's parameter PermissionsBoundaryArn: a role has one boundary.",
    toldBy: "The role's own description in IAM names no boundary, or one that lets more through: certain.",
    source: `${guide}access_policies_boundaries.html`,
  },
  "boundary-edited": {
    title: "The role's permissions boundary was edited",
    explanation: "The policy that bounds the role lets more through than the template's.",
    nextAction: "Let the stack undo what was changed by hand; then verify again.",
    toldBy: "The default version of the boundary policy: certain.",
    source: `${guide}access_policies_boundaries.html`,
  },
  "session-too-short": {
    title: "Sessions end too soon",
    explanation:
      "The role ends sessions sooner than they are needed; AWS refuses a longer request rather than shortening it.",
    nextAction: "Set the role's longest session to the template's; then verify again.",
    toldBy: "The role's MaxSessionDuration: certain.",
    source: `${guide}id_roles_use.html`,
  },
  "session-too-long": {
    title: "Sessions may last longer than the template's",
    explanation:
      "The role allows longer sessions than the template; a session lives on until its end after access is taken away.",
    nextAction:
      "If that is meant, nothing needs to be done; otherwise set the role's longest session to the template's.",
    toldBy: "The role's MaxSessionDuration: certain.",
    source: `${guide}id_roles_use.html`,
  },
  "template-outdated": {
    title: "The stack uses another template than the current one",
    explanation: "The role was made by another version of the template than the current one.",
    nextAction:
      "Update the stack with the current template and leave the parameters as they are. The role keeps its ARN and external ID.",
    toldBy: "The version in the role's description: certain.",
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html",
  },
};
