/** A vendor's template as a customer would launch it: a role, its policy and one that a condition takes away. */
export const onboardingTemplate = `
AWSTemplateFormatVersion: "2010-09-09"
Description: Access for a vendor
Parameters:
  ExternalId:
    Type: String
    MinLength: 2
    MaxLength: 64
    AllowedPattern: "[\\\\w+=,.@:/-]*"
    Description: Made by the portal
  ServiceAccountId:
    Type: String
    Default: "123456789012"
    AllowedValues: ["123456789012"]
  RoleName: {Type: String, Default: acme-access}
  SetupPhase: {Type: String, Default: "true", AllowedValues: ["true", "false"]}
  Secret: {Type: String, Default: hidden, NoEcho: true}
Conditions:
  IsSetup: !Equals [!Ref SetupPhase, "true"]
Resources:
  AccessRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref RoleName
      Path: /acme/
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:\${AWS::Partition}:iam::\${ServiceAccountId}:root"}
            Action: sts:AssumeRole
            Condition: {StringEquals: {"sts:ExternalId": !Ref ExternalId}}
  OngoingPolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: !Join ["-", [!Ref RoleName, ongoing]]
      Path: /acme/
      Roles: [!Ref AccessRole]
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Action: "s3:ListAllMyBuckets", Resource: "*"}]
  SetupPolicy:
    Type: AWS::IAM::Policy
    Condition: IsSetup
    Properties:
      PolicyName: setup
      Roles: [!Ref AccessRole]
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Action: "ec2:CreateVpc", Resource: "*"}]
Outputs:
  RoleArn: {Value: !GetAtt AccessRole.Arn, Description: The role}
  ExternalId: {Value: !Ref ExternalId}
  Setup: {Condition: IsSetup, Value: !Sub "\${AWS::StackName} in \${AWS::Region} is being set up"}
`;
