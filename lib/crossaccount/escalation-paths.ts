/**
 * Calls by which an identity gains more than it was given, as penetration testers have published them; each names what it
 * leads to. They matter where the resources they may name are not narrowed to the author's own.
 */
export const singleCalls: Readonly<Record<string, string>> = {
  "iam:AddUserToGroup": "puts a user into a group with more permissions",
  "iam:AttachGroupPolicy": "attaches any policy to a group",
  "iam:AttachUserPolicy": "attaches any policy to a user",
  "iam:CreateAccessKey": "makes a long-lived key of another user",
  "iam:CreateLoginProfile": "gives another user a console password",
  "iam:CreateOpenIDConnectProvider": "lets an identity provider of its choice into the account",
  "iam:CreateSAMLProvider": "lets an identity provider of its choice into the account",
  "iam:DeleteUserPermissionsBoundary": "removes what bounds a user",
  "iam:PutGroupPolicy": "writes any policy into a group",
  "iam:PutUserPermissionsBoundary": "replaces what bounds a user",
  "iam:PutUserPolicy": "writes any policy into a user",
  "iam:ResetServiceSpecificCredential": "makes a new password of another user",
  "iam:CreateServiceSpecificCredential": "makes a password of another user",
  "iam:UpdateLoginProfile": "replaces another user's console password",
  "iam:UpdateSAMLProvider": "replaces the keys of the account's identity provider",
  "sts:AssumeRole": "becomes any role that trusts this account",
  "cloudformation:CreateChangeSet": "changes stacks with the permissions of their service roles",
  "cloudformation:ExecuteChangeSet": "changes stacks with the permissions of their service roles",
  "cloudformation:UpdateStack": "changes stacks with the permissions of their service roles",
  "cloudformation:UpdateStackSet": "changes stacks with the permissions of their service roles",
  "codebuild:StartBuild": "runs its own commands with the role of a build project",
  "codebuild:UpdateProject": "runs its own commands with the role of a build project",
  "ec2-instance-connect:SendSSHPublicKey": "logs in to machines and takes their roles",
  "ec2:ReplaceIamInstanceProfileAssociation": "gives a machine another role",
  "ecs:ExecuteCommand": "runs its own commands with the roles of containers",
  "glue:UpdateDevEndpoint": "logs in to a development endpoint and takes its role",
  "lambda:UpdateFunctionCode": "runs its own code with the roles of functions",
  "lambda:UpdateFunctionConfiguration": "runs its own code with the roles of functions",
  "sagemaker:CreatePresignedNotebookInstanceUrl": "opens notebooks and takes their roles",
  "ssm:SendCommand": "runs its own commands on machines and takes their roles",
  "ssm:StartSession": "logs in to machines and takes their roles",
};

export const PASS_ROLE = "iam:PassRole";

/** Calls that start something with a role that was passed to it. */
export const launchingCalls: readonly string[] = [
  "apprunner:CreateService",
  "autoscaling:CreateAutoScalingGroup",
  "autoscaling:CreateLaunchConfiguration",
  "batch:RegisterJobDefinition",
  "cloudformation:CreateStack",
  "cloudformation:CreateStackSet",
  "codebuild:CreateProject",
  "codepipeline:CreatePipeline",
  "datapipeline:CreatePipeline",
  "ec2:AssociateIamInstanceProfile",
  "ec2:RequestSpotInstances",
  "ec2:RunInstances",
  "ecs:RegisterTaskDefinition",
  "ecs:RunTask",
  "eks:CreateCluster",
  "emr-serverless:StartJobRun",
  "elasticmapreduce:RunJobFlow",
  "glue:CreateDevEndpoint",
  "glue:CreateJob",
  "glue:UpdateJob",
  "lambda:CreateFunction",
  "sagemaker:CreateNotebookInstance",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
  "scheduler:CreateSchedule",
  "ssm:StartAutomationExecution",
  "states:CreateStateMachine",
  "states:UpdateStateMachine",
];

/** Calls that give other roles permissions, and calls that get hold of such a role. */
export const empoweringCalls: readonly string[] = [
  "iam:AttachRolePolicy",
  "iam:CreatePolicyVersion",
  "iam:PutRolePolicy",
  "iam:SetDefaultPolicyVersion",
];
export const seizingCalls: readonly string[] = ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"];

/** Condition keys that keep an empowering or passing call harmless: they say what may be attached or who may be handed a role. */
export const taming: Readonly<Record<string, readonly string[]>> = {
  empowering: ["iam:permissionsboundary", "iam:policyarn"],
  seizing: ["iam:permissionsboundary"],
};
