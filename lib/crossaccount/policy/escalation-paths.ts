/**
 * Calls by which an identity gains more than it was given, each with what it leads to. Sources: Rhino Security Labs (AWS IAM privilege
 * escalation, 2018), Bishop Fox (Privilege escalation in AWS, 2021), hackingthe.cloud and Datadog's https://pathfinding.cloud, whose
 * paths of all services are here as far as an identity can take them by its own permissions.
 */

/** Calls that take what somebody or something else in the account has: harmless only as far as that is narrowed, by names or tags. */
export const takingCalls: Readonly<Record<string, string>> = {
  "iam:AddClientIDToOpenIDConnectProvider": "lets more users of an identity provider into the account",
  "iam:AddUserToGroup": "puts a user into a group with more permissions",
  "iam:CreateAccessKey": "makes a long-lived key of another user",
  "iam:CreateLoginProfile": "gives another user a console password",
  "iam:CreateOpenIDConnectProvider": "lets an identity provider of its choice into the account",
  "iam:CreateSAMLProvider": "lets an identity provider of its choice into the account",
  "iam:DeleteUserPermissionsBoundary": "removes what bounds a user",
  "iam:DeleteRolePermissionsBoundary": "removes what bounds a role",
  "iam:PutRolePermissionsBoundary": "replaces what bounds a role",
  "iam:PutUserPermissionsBoundary": "replaces what bounds a user",
  "iam:UpdateAssumeRolePolicy": "lets itself into any role",
  "iam:UpdateOpenIDConnectProviderThumbprint": "replaces the keys of the account's identity provider",
  "iam:UploadSSHPublicKey": "reaches repositories as another user",
  "iam:ResetServiceSpecificCredential": "makes a new password of another user",
  "iam:CreateServiceSpecificCredential": "makes a password of another user",
  "iam:UpdateLoginProfile": "replaces another user's console password",
  "iam:UpdateSAMLProvider": "replaces the keys of the account's identity provider",
  "sts:AssumeRole": "becomes any role that trusts this account",
  "identitystore:CreateGroupMembership": "puts a person into a group with more permissions",
  "sso:CreateAccountAssignment": "gives people more permissions",
  "kms:PutKeyPolicy": "allows itself every use of a key",
  "airflow:CreateCliToken": "runs its own commands with the roles of environments",
  "apprunner:UpdateService": "runs its own code with the roles of services",
  "batch:SubmitJob": "runs its own commands with the roles of job definitions",
  "bedrock-agentcore:InvokeCodeInterpreter": "runs its own code with the roles of code interpreters",
  // https://pathfinding.cloud/paths/cloudformation-003: instances of a stack set are made by its administration role.
  "cloudformation:CreateStackInstances": "makes stacks with the permissions of a stack set's roles",
  "cloudformation:UpdateStackInstances": "changes stacks with the permissions of a stack set's roles",
  "cloudformation:CreateChangeSet": "changes stacks with the permissions of their service roles",
  "cloudformation:ExecuteChangeSet": "changes stacks with the permissions of their service roles",
  "cloudformation:UpdateStack": "changes stacks with the permissions of their service roles",
  "cloudformation:UpdateStackSet": "changes stacks with the permissions of their service roles",
  "codebuild:StartBuild": "runs its own commands with the role of a build project",
  "codebuild:StartBuildBatch": "runs its own commands with the role of a build project",
  "codebuild:StartSandbox": "runs its own commands with the role of a build project",
  "codebuild:UpdateProject": "runs its own commands with the role of a build project",
  "codedeploy:CreateDeployment": "runs its own commands on machines and takes their roles",
  "ec2-instance-connect:SendSSHPublicKey": "logs in to machines and takes their roles",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey": "logs in to machines and takes their roles",
  "ec2:ReplaceIamInstanceProfileAssociation": "gives a machine another role",
  "ecs:ExecuteCommand": "runs its own commands with the roles of containers",
  "eks:AssociateAccessPolicy": "administers clusters and takes the roles of what runs there",
  "elasticmapreduce:AddJobFlowSteps": "runs its own commands on clusters and takes their roles",
  // AWS's reference of Amazon EMR: credentials of an execution role, and of a managed endpoint that runs with one.
  "elasticmapreduce:GetClusterSessionCredentials": "logs in to clusters and takes their roles",
  "emr-containers:GetManagedEndpointSessionCredentials": "logs in to the endpoints of clusters and takes their roles",
  "emr-containers:StartJobRun": "runs its own code with the roles of clusters",
  "glue:UpdateDevEndpoint": "logs in to a development endpoint and takes its role",
  "lambda:UpdateFunctionCode": "runs its own code with the roles of functions",
  "lambda:UpdateFunctionConfiguration": "runs its own code with the roles of functions",
  "sagemaker:CreatePresignedNotebookInstanceUrl": "opens notebooks and takes their roles",
  "sagemaker:CreatePresignedDomainUrl": "opens notebooks and takes their roles",
  "ssm:CreateAssociation": "runs its own commands on machines and takes their roles",
  "ssm:ResumeSession": "logs in to machines and takes their roles",
  "ssm:SendCommand": "runs its own commands on machines and takes their roles",
  "ssm:StartSession": "logs in to machines and takes their roles",
  "ssm:UpdateAssociation": "runs its own commands on machines and takes their roles",
  "states:UpdateStateMachine": "makes its own calls with the roles of state machines",
};

/**
 * What calls name besides the thing whose permissions they take: a document or a bucket has none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export const namedBesides: Readonly<Record<string, RegExp>> = {
  "batch:SubmitJob": /:(consumable-resource|job|job-queue)\//,
  "cloudformation:CreateStackInstances": /:(stackset-target|type)\//,
  "cloudformation:UpdateStackInstances": /:(stackset-target|type)\//,
  "cloudformation:UpdateStackSet": /:(stackset-target|type)\//,
  "ec2:ModifyInstanceAttribute": /:(security-group|volume)\//,
  "ssm:CreateAssociation": /:document\//,
  "ssm:SendCommand": /:document\/|^arn:\*:s3:/,
  "ssm:StartSession": /:document\//,
  "ssm:UpdateAssociation": /:document\//,
};

/** Calls that change what something runs, each with the call that makes it run. */
export const combinedCalls: readonly { readonly change: string; readonly start: string; readonly leadsTo: string }[] = [
  {
    change: "ec2:ModifyInstanceAttribute",
    start: "ec2:StartInstances",
    leadsTo: "runs its own commands on machines and takes their roles",
  },
  {
    change: "ec2:CreateLaunchTemplateVersion",
    start: "ec2:ModifyLaunchTemplate",
    leadsTo: "runs its own commands on machines to come and takes their roles",
  },
  {
    change: "sagemaker:UpdateNotebookInstance",
    start: "sagemaker:StartNotebookInstance",
    leadsTo: "runs its own commands in notebooks and takes their roles",
  },
];

/** Roles with every permission that AWS's own tools make by these names in many accounts. */
export const givenRoles: readonly string[] = [
  "AWSCloudFormationStackSetAdministrationRole",
  "AWSCloudFormationStackSetExecutionRole",
  "AWSControlTowerExecution",
  "OrganizationAccountAccessRole",
  "cdk-*-role-*",
];

/** Policies by AWS that bound nothing, or let whoever has them give themselves more: they write policies, or pass any role to what they start. */
export const unboundedPolicies: readonly string[] = [
  "AWSCodeBuildAdminAccess",
  "AWSDataPipeline_FullAccess",
  "AWSLambda_FullAccess",
  "AWSOrganizationsFullAccess",
  "AWSSSOMasterAccountAdministrator",
  "AWSServiceCatalogAdminFullAccess",
  "AdministratorAccess*",
  "AmazonECS_FullAccess",
  "AmazonElasticMapReduceFullAccess",
  "AmazonSSMFullAccess",
  "AmazonSageMakerFullAccess",
  "IAMFullAccess",
  "PowerUserAccess",
  "job-function/DataScientist",
  "job-function/SystemAdministrator",
];

/** Calls that say what is in a policy, and so in a boundary. */
export const policyCalls: readonly string[] = [
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
];

export const PASS_ROLE = "iam:PassRole";

/** Calls that start something with a role that was passed to it. */
export const launchingCalls: readonly string[] = [
  "airflow:CreateEnvironment",
  "amplify:CreateApp",
  "apprunner:CreateService",
  "apprunner:UpdateService",
  "appsync:CreateDataSource",
  "autoscaling:CreateAutoScalingGroup",
  "autoscaling:CreateLaunchConfiguration",
  "autoscaling:UpdateAutoScalingGroup",
  "backup:StartRestoreJob",
  "batch:CreateComputeEnvironment",
  "batch:RegisterJobDefinition",
  "bedrock-agentcore:CreateAgentRuntime",
  "bedrock-agentcore:CreateBrowser",
  "bedrock-agentcore:CreateCodeInterpreter",
  "bedrock:CreateAgent",
  "braket:CreateJob",
  "cloudformation:CreateChangeSet",
  "cloudformation:CreateResource",
  "cloudformation:CreateStack",
  "cloudformation:CreateStackSet",
  "cloudformation:UpdateResource",
  "codebuild:CreateProject",
  "codebuild:UpdateProject",
  "codedeploy:CreateDeploymentGroup",
  "codepipeline:CreatePipeline",
  "codepipeline:UpdatePipeline",
  "cognito-identity:SetIdentityPoolRoles",
  "databrew:CreateRecipeJob",
  "datapipeline:CreatePipeline",
  "datapipeline:PutPipelineDefinition",
  "deadline:CreateFleet",
  "dlm:CreateLifecyclePolicy",
  "ec2:AssociateIamInstanceProfile",
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateLaunchTemplateVersion",
  "ec2:ReplaceIamInstanceProfileAssociation",
  "ec2:RequestSpotFleet",
  "ec2:RequestSpotInstances",
  "ec2:RunInstances",
  "ecs:CreateService",
  "ecs:RegisterTaskDefinition",
  "ecs:RunTask",
  "ecs:StartTask",
  "ecs:UpdateService",
  "eks:CreateCluster",
  "eks:CreateNodegroup",
  "eks:CreatePodIdentityAssociation",
  "elasticbeanstalk:CreateEnvironment",
  "elasticbeanstalk:UpdateEnvironment",
  "elasticmapreduce:RunJobFlow",
  "emr-serverless:CreateApplication",
  "emr-serverless:StartJobRun",
  "events:PutTargets",
  "fis:CreateExperimentTemplate",
  "gamelift:CreateFleet",
  "glue:CreateDevEndpoint",
  "glue:CreateJob",
  "glue:CreateSession",
  "glue:UpdateJob",
  // https://pathfinding.cloud/paths/iam-020 and ec2: the machines of a profile get the role that is put into it.
  "iam:AddRoleToInstanceProfile",
  "imagebuilder:CreateImage",
  "imagebuilder:CreateImagePipeline",
  "imagebuilder:CreateInfrastructureConfiguration",
  "iot:CreateRoleAlias",
  "iot:CreateTopicRule",
  "kinesisanalytics:CreateApplication",
  "lambda:CreateFunction",
  "lambda:UpdateFunctionConfiguration",
  "omics:StartRun",
  "opsworks:CreateStack",
  "pipes:CreatePipe",
  "rds:AddRoleToDBCluster",
  "rds:AddRoleToDBInstance",
  "redshift:CreateCluster",
  "redshift:ModifyClusterIamRoles",
  "robomaker:CreateSimulationJob",
  "s3:CreateJob",
  "sagemaker:CreateApp",
  "sagemaker:CreateAutoMLJob",
  "sagemaker:CreateAutoMLJobV2",
  "sagemaker:CreateDomain",
  "sagemaker:CreateHyperParameterTuningJob",
  "sagemaker:CreateModel",
  "sagemaker:CreateNotebookInstance",
  "sagemaker:CreatePipeline",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
  "sagemaker:CreateTransformJob",
  "sagemaker:CreateUserProfile",
  "scheduler:CreateSchedule",
  "scheduler:UpdateSchedule",
  "ssm:CreateActivation",
  "ssm:RegisterTaskWithMaintenanceWindow",
  "ssm:StartAutomationExecution",
  "states:CreateStateMachine",
  "states:TestState",
  "states:UpdateStateMachine",
  "synthetics:CreateCanary",
  "synthetics:UpdateCanary",
  "transfer:CreateServer",
  "transfer:CreateUser",
];

export const BOUNDARY_KEY = "iam:permissionsboundary";
export const POLICY_KEY = "iam:policyarn";

export interface WritingCall {
  /** What it gives, as the end of a sentence about the role. */
  readonly leadsTo: string;
  /** The same where it is held by a boundary or by the policies that it may attach. */
  readonly within: string;
  /** Condition keys that keep it harmless, where the policies that they name are. */
  readonly tamedBy: readonly string[];
}

/**
 * Calls that write permissions: over one step or several they end in administrator, whatever they are called on, unless a condition
 * says which policies bound or are attached. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const writingCalls: Readonly<Record<string, WritingCall>> = {
  "iam:AttachGroupPolicy": {
    leadsTo: "attaches any policy to a group",
    within: "gives the people of a group the policies that it may attach",
    tamedBy: [POLICY_KEY],
  },
  "iam:AttachRolePolicy": {
    leadsTo: "attaches any policy to a role, so that whoever takes that role is an administrator",
    within: "gives roles permissions, which whoever takes them has",
    tamedBy: [BOUNDARY_KEY, POLICY_KEY],
  },
  "iam:AttachUserPolicy": {
    leadsTo: "attaches any policy to a user",
    within: "gives users permissions",
    tamedBy: [BOUNDARY_KEY, POLICY_KEY],
  },
  "iam:CreatePolicyVersion": {
    leadsTo: "writes any permissions into policies, and so into whatever has them",
    within: "",
    tamedBy: [],
  },
  "iam:PutGroupPolicy": { leadsTo: "writes any policy into a group", within: "", tamedBy: [] },
  "iam:PutRolePolicy": {
    leadsTo: "writes any policy into a role, so that whoever takes that role is an administrator",
    within: "writes roles any permissions that their boundary leaves, which whoever takes them has",
    tamedBy: [BOUNDARY_KEY],
  },
  "iam:PutUserPolicy": {
    leadsTo: "writes any policy into a user",
    within: "writes users any permissions that their boundary leaves",
    tamedBy: [BOUNDARY_KEY],
  },
  "iam:SetDefaultPolicyVersion": {
    leadsTo: "brings back other permissions of policies, and so of whatever has them",
    within: "",
    tamedBy: [],
  },
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet": {
    leadsTo: "gives people more permissions",
    within: "",
    tamedBy: [],
  },
  "sso:AttachManagedPolicyToPermissionSet": { leadsTo: "gives people more permissions", within: "", tamedBy: [] },
  "sso:DeletePermissionsBoundaryFromPermissionSet": { leadsTo: "removes what bounds people", within: "", tamedBy: [] },
  "sso:PutInlinePolicyToPermissionSet": { leadsTo: "gives people more permissions", within: "", tamedBy: [] },
  "sso:PutPermissionsBoundaryToPermissionSet": { leadsTo: "replaces what bounds people", within: "", tamedBy: [] },
  "sso:PutPermissionsPolicy": { leadsTo: "gives people more permissions", within: "", tamedBy: [] },
  "sts:AssumeRoot": { leadsTo: "becomes the root user of the organization's accounts", within: "", tamedBy: [] },
};

/** Calls that make or get hold of a role that was given something; they take part in what that leads to. */
export const seizingCalls: readonly string[] = ["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"];

/** Calls that take a boundary away; a condition on the boundary names the one that it takes away. */
export const liftingCalls: readonly string[] = [
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
];
/** Calls that put another in its place, harmless where only a harmless one may be put. */
export const boundingCalls: readonly string[] = ["iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary"];
