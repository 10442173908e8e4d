/**
 * AWS's resource types by namespace, of all Regions, as CloudFormation's registry lists them (November 2026): tells a type that
 * the sandbox does not support from a misspelt one.
 */
export const typeNames: Record<string, string> = {
  "AWS::ACMPCA": `
    Certificate CertificateAuthority CertificateAuthorityActivation Permission
  `,
  "AWS::AIOps": `
    InvestigationGroup
  `,
  "AWS::APS": `
    AnomalyDetector ResourcePolicy RuleGroupsNamespace Scraper Workspace
  `,
  "AWS::ARCRegionSwitch": `
    Plan
  `,
  "AWS::ARCZonalShift": `
    AutoshiftObserverNotificationStatus ZonalAutoshiftConfiguration
  `,
  "AWS::AWSExternalAnthropic": `
    Workspace
  `,
  "AWS::AccessAnalyzer": `
    Analyzer ArchiveRule
  `,
  "AWS::AccountAccess": `
    Application Entitlement
  `,
  "AWS::AgentRegistry": `
    Registry RegistryRecord
  `,
  "AWS::AmazonMQ": `
    Broker Configuration ConfigurationAssociation
  `,
  "AWS::Amplify": `
    App Branch Domain Webhook
  `,
  "AWS::AmplifyUIBuilder": `
    Component Form Theme
  `,
  "AWS::ApiGateway": `
    Account ApiKey Authorizer BasePathMapping BasePathMappingV2 ClientCertificate Deployment DocumentationPart
    DocumentationVersion DomainName DomainNameAccessAssociation DomainNameV2 GatewayResponse Method Model
    RequestValidator Resource RestApi Stage UsagePlan UsagePlanKey VpcLink
  `,
  "AWS::ApiGatewayV2": `
    Api ApiGatewayManagedOverrides ApiMapping Authorizer Deployment DomainName Integration IntegrationResponse Model
    PortalProduct Route RouteResponse RoutingRule Stage VpcLink
  `,
  "AWS::AppConfig": `
    Application ConfigurationProfile Deployment DeploymentStrategy Environment ExperimentDefinition ExperimentRun
    Extension ExtensionAssociation HostedConfigurationVersion
  `,
  "AWS::AppFabric": `
    AppAuthorization IngestionDestination
  `,
  "AWS::AppFlow": `
    Connector ConnectorProfile Flow
  `,
  "AWS::AppIntegrations": `
    Application DataIntegration EventIntegration
  `,
  "AWS::AppMesh": `
    GatewayRoute Mesh Route VirtualGateway VirtualNode VirtualRouter VirtualService
  `,
  "AWS::AppRunner": `
    AutoScalingConfiguration ObservabilityConfiguration Service VpcConnector VpcIngressConnection
  `,
  "AWS::AppStream": `
    AppBlock AppBlockBuilder Application ApplicationEntitlementAssociation ApplicationFleetAssociation DirectoryConfig
    Entitlement Fleet ImageBuilder Stack StackFleetAssociation StackUserAssociation User
  `,
  "AWS::AppSync": `
    Api ApiCache ApiKey ChannelNamespace DataSource DomainName DomainNameApiAssociation FunctionConfiguration
    GraphQLApi GraphQLSchema Resolver SourceApiAssociation Type
  `,
  "AWS::AppTest": `
    TestCase
  `,
  "AWS::ApplicationAutoScaling": `
    ScalableTarget ScalingPolicy
  `,
  "AWS::ApplicationInsights": `
    Application
  `,
  "AWS::ApplicationSignals": `
    Discovery GroupingConfiguration InstrumentationConfig ServiceLevelObjective
  `,
  "AWS::Athena": `
    CapacityReservation DataCatalog NamedQuery PreparedStatement WorkGroup
  `,
  "AWS::AuditManager": `
    Assessment AssessmentFramework Control
  `,
  "AWS::AutoScaling": `
    AutoScalingGroup LaunchConfiguration LifecycleHook ScalingPolicy ScheduledAction WarmPool
  `,
  "AWS::AutoScalingPlans": `
    ScalingPlan
  `,
  "AWS::B2BI": `
    Capability Partnership Profile Transformer
  `,
  "AWS::BCM": `
    Dashboard ScheduledReport
  `,
  "AWS::BCMDataExports": `
    Export
  `,
  "AWS::Backup": `
    BackupPlan BackupSelection BackupVault Framework LegalHold LogicallyAirGappedBackupVault ReportPlan
    RestoreTestingPlan RestoreTestingSelection TieringConfiguration
  `,
  "AWS::BackupGateway": `
    Hypervisor
  `,
  "AWS::Batch": `
    ComputeEnvironment ConsumableResource JobDefinition JobQueue QuotaShare SchedulingPolicy ServiceEnvironment
  `,
  "AWS::BcmPricingCalculator": `
    BillEstimate BillScenario WorkloadEstimate
  `,
  "AWS::Bedrock": `
    Agent AgentAlias ApplicationInferenceProfile AutomatedReasoningPolicy AutomatedReasoningPolicyVersion Blueprint
    DataAutomationLibrary DataAutomationProject DataSource EnforcedGuardrailConfiguration Flow FlowAlias FlowVersion
    Guardrail GuardrailVersion IntelligentPromptRouter KnowledgeBase KnowledgeBasePolicy Prompt PromptVersion
    ResourcePolicy RetrievalInstruction Session
  `,
  "AWS::BedrockAgentCore": `
    ApiKeyCredentialProvider BrowserCustom BrowserProfile CapacityProvider CodeInterpreterCustom ConfigurationBundle
    ConsentPortal Dataset Evaluator Gateway GatewayRateLimit GatewayRule GatewayTarget Harness HarnessEndpoint Memory
    OAuth2CredentialProvider OnlineEvaluationConfig PaymentConnector PaymentCredentialProvider PaymentManager Policy
    PolicyEngine ResourcePolicy Runtime RuntimeEndpoint WorkloadIdentity
  `,
  "AWS::BedrockMantle": `
    Project
  `,
  "AWS::Billing": `
    BillingView
  `,
  "AWS::BillingConductor": `
    BillingGroup CustomLineItem PricingPlan PricingRule
  `,
  "AWS::Braket": `
    SpendingLimit
  `,
  "AWS::Budgets": `
    Budget BudgetsAction
  `,
  "AWS::CDK": `
    Metadata
  `,
  "AWS::CE": `
    AnomalyMonitor AnomalySubscription CostCategory
  `,
  "AWS::CUR": `
    ReportDefinition
  `,
  "AWS::Cases": `
    Case CaseRule Domain Field Layout RelatedItem Template
  `,
  "AWS::Cassandra": `
    Keyspace Table Type
  `,
  "AWS::CertificateManager": `
    Account AcmeDomainValidation AcmeEndpoint AcmeExternalAccountBinding Certificate
  `,
  "AWS::Chatbot": `
    CustomAction MicrosoftTeamsChannelConfiguration SlackChannelConfiguration
  `,
  "AWS::Chime": `
    AppInstance AppInstanceBot AppInstanceUser Channel ChannelFlow MediaInsightsPipelineConfiguration
    MediaPipelineKinesisVideoStreamPool SipMediaApplication VoiceConnector
  `,
  "AWS::CleanRooms": `
    AnalysisTemplate Collaboration ConfiguredTable ConfiguredTableAssociation IdMappingTable IdNamespaceAssociation
    IntermediateTable Membership PrivacyBudgetTemplate
  `,
  "AWS::CleanRoomsML": `
    ConfiguredModelAlgorithm ConfiguredModelAlgorithmAssociation TrainingDataset
  `,
  "AWS::Cloud9": `
    EnvironmentEC2
  `,
  "AWS::CloudFormation": `
    ChangeSet CustomResource GeneratedTemplate GuardHook HookDefaultVersion HookTypeConfig HookVersion LambdaHook
    Macro ModuleDefaultVersion ModuleVersion PublicTypeVersion Publisher ResourceDefaultVersion ResourceVersion Stack
    StackSet TypeActivation WaitCondition WaitConditionHandle
  `,
  "AWS::CloudFront": `
    AnycastIpList CachePolicy CloudFrontOriginAccessIdentity ConnectionFunction ConnectionGroup
    ContinuousDeploymentPolicy Distribution DistributionTenant FieldLevelEncryptionConfig FieldLevelEncryptionProfile
    Function KeyGroup KeyValueStore MonitoringSubscription OriginAccessControl OriginRequestPolicy PublicKey
    RealtimeLogConfig ResponseHeadersPolicy StreamingDistribution TrustStore VpcOrigin
  `,
  "AWS::CloudHSM": `
    Cluster
  `,
  "AWS::CloudTrail": `
    Channel Dashboard EventDataStore ResourcePolicy Trail
  `,
  "AWS::CloudWatch": `
    Alarm AlarmMuteRule AnomalyDetector CompositeAlarm Dashboard InsightRule Integration LogAlarm MetricStream
    OTelEnrichment ResourceMetricsConfiguration View
  `,
  "AWS::CodeArtifact": `
    Domain PackageGroup Repository
  `,
  "AWS::CodeBuild": `
    Fleet Project ReportGroup SourceCredential
  `,
  "AWS::CodeCommit": `
    Repository
  `,
  "AWS::CodeConnections": `
    Connection Host
  `,
  "AWS::CodeDeploy": `
    Application DeploymentConfig DeploymentGroup
  `,
  "AWS::CodeGuruProfiler": `
    ProfilingGroup
  `,
  "AWS::CodeGuruReviewer": `
    RepositoryAssociation
  `,
  "AWS::CodePipeline": `
    CustomActionType Pipeline Webhook
  `,
  "AWS::CodeStar": `
    GitHubRepository
  `,
  "AWS::CodeStarConnections": `
    Connection RepositoryLink SyncConfiguration
  `,
  "AWS::CodeStarNotifications": `
    NotificationRule
  `,
  "AWS::Cognito": `
    IdentityPool IdentityPoolPrincipalTag IdentityPoolRoleAttachment LogDeliveryConfiguration ManagedLoginBranding
    Terms UserPool UserPoolClient UserPoolDomain UserPoolGroup UserPoolIdentityProvider
    UserPoolRegionalConfigurationAttachment UserPoolReplica UserPoolResourceServer UserPoolRiskConfigurationAttachment
    UserPoolUICustomizationAttachment UserPoolUser UserPoolUserToGroupAttachment
  `,
  "AWS::Comprehend": `
    DocumentClassifier DocumentClassifierEndpoint EntityRecognizer EntityRecognizerEndpoint Flywheel
  `,
  "AWS::ComputeOptimizer": `
    AutomationRule
  `,
  "AWS::Config": `
    AggregationAuthorization ConfigRule ConfigurationAggregator ConfigurationRecorder ConformancePack Connector
    DeliveryChannel OrganizationConfigRule OrganizationConformancePack RemediationConfiguration StoredQuery
  `,
  "AWS::Connect": `
    AgentStatus ApprovedOrigin ContactFlow ContactFlowModule ContactFlowModuleAlias ContactFlowModuleVersion
    ContactFlowVersion DataLakeAssociation DataTable DataTableAttribute DataTableRecord EmailAddress EvaluationForm
    HoursOfOperation Instance InstanceStorageConfig IntegrationAssociation Metric Notification PhoneNumber
    PredefinedAttribute Prompt Queue QuickConnect RoutingProfile Rule SecurityKey SecurityProfile TaskTemplate
    TestCase TrafficDistributionGroup UseCase User UserHierarchyGroup UserHierarchyStructure View ViewVersion
    Vocabulary Workspace
  `,
  "AWS::ConnectCampaigns": `
    Campaign
  `,
  "AWS::ConnectCampaignsV2": `
    Campaign
  `,
  "AWS::ControlTower": `
    EnabledBaseline EnabledControl LandingZone
  `,
  "AWS::CustomerProfiles": `
    CalculatedAttributeDefinition Domain DomainObjectType EventStream EventTrigger Integration ObjectType Recommender
    RecommenderFilter RecommenderSchema SegmentDefinition
  `,
  "AWS::DAX": `
    Cluster ParameterGroup SubnetGroup
  `,
  "AWS::DLM": `
    LifecyclePolicy
  `,
  "AWS::DMS": `
    Certificate DataMigration DataProvider Endpoint EventSubscription InstanceProfile MigrationProject
    ReplicationConfig ReplicationInstance ReplicationSubnetGroup ReplicationTask
  `,
  "AWS::DRS": `
    LaunchConfigurationTemplate RecoveryPlan ReplicationConfigurationTemplate SourceNetwork
  `,
  "AWS::DSQL": `
    Cluster
  `,
  "AWS::DataBrew": `
    Dataset Job Project Recipe Ruleset Schedule
  `,
  "AWS::DataExchange": `
    DataSet EventAction
  `,
  "AWS::DataPipeline": `
    Pipeline
  `,
  "AWS::DataSync": `
    Agent LocationAzureBlob LocationEFS LocationFSxLustre LocationFSxONTAP LocationFSxOpenZFS LocationFSxWindows
    LocationHDFS LocationNFS LocationObjectStorage LocationS3 LocationSMB Task
  `,
  "AWS::DataZone": `
    Connection DataSource Domain DomainUnit Environment EnvironmentActions EnvironmentBlueprintConfiguration
    EnvironmentProfile FormType GroupProfile Owner PolicyGrant Project ProjectMembership ProjectProfile
    SubscriptionTarget UserProfile
  `,
  "AWS::Deadline": `
    Budget Farm Fleet LicenseEndpoint Limit MeteredProduct Monitor Queue QueueEnvironment QueueFleetAssociation
    QueueLimitAssociation StorageProfile Worker
  `,
  "AWS::Detective": `
    Graph MemberInvitation OrganizationAdmin
  `,
  "AWS::DevOpsAgent": `
    AgentSpace Asset Association PrivateConnection Service Trigger
  `,
  "AWS::DevOpsGuru": `
    LogAnomalyDetectionIntegration NotificationChannel ResourceCollection
  `,
  "AWS::DeviceFarm": `
    DevicePool InstanceProfile NetworkProfile Project TestGridProject Upload VPCEConfiguration
  `,
  "AWS::DirectConnect": `
    Connection DirectConnectGateway DirectConnectGatewayAssociation Lag PrivateVirtualInterface PublicVirtualInterface
    TransitVirtualInterface
  `,
  "AWS::DirectoryService": `
    MicrosoftAD SimpleAD
  `,
  "AWS::DocDB": `
    DBCluster DBClusterParameterGroup DBInstance DBSubnetGroup EventSubscription GlobalCluster
  `,
  "AWS::DocDBElastic": `
    Cluster ClusterSnapshot
  `,
  "AWS::DynamoDB": `
    Backup GlobalTable Table
  `,
  "AWS::EC2": `
    ApplicationStatusCheck CapacityManagerDataExport CapacityReservation CapacityReservationFleet CarrierGateway
    ClientVpnAuthorizationRule ClientVpnEndpoint ClientVpnRoute ClientVpnTargetNetworkAssociation CustomerGateway
    DHCPOptions EC2Fleet EIP EIPAssociation EgressOnlyInternetGateway EnclaveCertificateIamRoleAssociation FlowLog
    FpgaImage GatewayRouteTableAssociation Host IPAM IPAMAllocation IPAMPool IPAMPoolCidr IPAMPrefixListResolver
    IPAMPrefixListResolverTarget IPAMResourceDiscovery IPAMResourceDiscoveryAssociation IPAMScope IPv4Pool Instance
    InstanceConnectEndpoint InstanceEventWindow InternetGateway IpPoolRouteTableAssociation
    IpamExternalResourceVerificationToken IpamInternetRegistryAssociation KeyPair LaunchTemplate LocalGatewayRoute
    LocalGatewayRouteTable LocalGatewayRouteTableVPCAssociation LocalGatewayRouteTableVirtualInterfaceGroupAssociation
    LocalGatewayVirtualInterface LocalGatewayVirtualInterfaceGroup NatGateway NetworkAcl NetworkAclEntry
    NetworkInsightsAccessScope NetworkInsightsAccessScopeAnalysis NetworkInsightsAnalysis NetworkInsightsPath
    NetworkInterface NetworkInterfaceAttachment NetworkInterfacePermission NetworkPerformanceMetricSubscription
    PlacementGroup PrefixList Route RouteServer RouteServerAssociation RouteServerEndpoint RouteServerPeer
    RouteServerPropagation RouteTable SecondaryNetwork SecurityGroup SecurityGroupEgress SecurityGroupIngress
    SecurityGroupVpcAssociation SnapshotBlockPublicAccess SpotFleet SqlHaStandbyDetectedInstance Subnet
    SubnetCidrBlock SubnetCidrReservation SubnetNetworkAclAssociation SubnetRouteTableAssociation TrafficMirrorFilter
    TrafficMirrorFilterRule TrafficMirrorSession TrafficMirrorTarget TransitGateway TransitGatewayAttachment
    TransitGatewayConnect TransitGatewayConnectPeer TransitGatewayMeteringPolicy TransitGatewayMeteringPolicyEntry
    TransitGatewayMulticastDomain TransitGatewayMulticastDomainAssociation TransitGatewayMulticastGroupMember
    TransitGatewayMulticastGroupSource TransitGatewayPeeringAttachment TransitGatewayPolicyTable
    TransitGatewayPolicyTableAssociation TransitGatewayPolicyTableEntry TransitGatewayRoute TransitGatewayRouteTable
    TransitGatewayRouteTableAssociation TransitGatewayRouteTablePropagation TransitGatewayVpcAttachment VPC
    VPCBlockPublicAccessExclusion VPCBlockPublicAccessOptions VPCCidrBlock VPCDHCPOptionsAssociation
    VPCEncryptionControl VPCEndpoint VPCEndpointConnectionNotification VPCEndpointService
    VPCEndpointServicePermissions VPCGatewayAttachment VPCPeeringConnection VPNConcentrator VPNConnection
    VPNConnectionRoute VPNGateway VPNGatewayRoutePropagation VerifiedAccessEndpoint VerifiedAccessGroup
    VerifiedAccessInstance VerifiedAccessTrustProvider Volume VolumeAttachment
  `,
  "AWS::ECR": `
    PublicRepository PullThroughCacheRule PullTimeUpdateExclusion RegistryPolicy RegistryScanningConfiguration
    ReplicationConfiguration Repository RepositoryCreationTemplate SigningConfiguration
  `,
  "AWS::ECS": `
    CapacityProvider Cluster ClusterCapacityProviderAssociations Daemon DaemonTaskDefinition ExpressGatewayService
    Gateway GatewayClusterAssociations PrimaryTaskSet Service TaskDefinition TaskSet
  `,
  "AWS::EFS": `
    AccessPoint FileSystem MountTarget
  `,
  "AWS::EKS": `
    AccessEntry Addon Capability CertificateAuthority Cluster FargateProfile IdentityProviderConfig Nodegroup
    PodIdentityAssociation
  `,
  "AWS::EMR": `
    Cluster InstanceFleetConfig InstanceGroupConfig SecurityConfiguration Step Studio StudioSessionMapping
    WALWorkspace
  `,
  "AWS::EMRContainers": `
    Endpoint JobTemplate SecurityConfiguration VirtualCluster
  `,
  "AWS::EMRServerless": `
    Application
  `,
  "AWS::EVS": `
    Environment
  `,
  "AWS::ElastiCache": `
    CacheCluster GlobalReplicationGroup ParameterGroup ReplicationGroup SecurityGroup SecurityGroupIngress
    ServerlessCache ServerlessCacheSnapshot Snapshot SubnetGroup User UserGroup
  `,
  "AWS::ElasticBeanstalk": `
    Application ApplicationVersion ConfigurationTemplate Environment
  `,
  "AWS::ElasticLoadBalancing": `
    LoadBalancer
  `,
  "AWS::ElasticLoadBalancingV2": `
    Listener ListenerCertificate ListenerRule LoadBalancer TargetGroup TrustStore TrustStoreRevocation
  `,
  "AWS::Elasticsearch": `
    Domain
  `,
  "AWS::ElementalInference": `
    Dictionary Feed
  `,
  "AWS::EntityResolution": `
    IdMappingWorkflow IdNamespace MatchingWorkflow PolicyStatement SchemaMapping
  `,
  "AWS::EventSchemas": `
    Discoverer Registry RegistryPolicy Schema
  `,
  "AWS::Events": `
    ApiDestination Archive Connection Endpoint EventBus EventBusPolicy Rule
  `,
  "AWS::EventsV2": `
    EventBus EventSource ResourcePolicy Subscriber
  `,
  "AWS::Evidently": `
    Experiment Feature Launch Project Segment
  `,
  "AWS::FIS": `
    ExperimentTemplate TargetAccountConfiguration
  `,
  "AWS::FMS": `
    ApplicationsList NotificationChannel Policy ProtocolsList ResourceSet
  `,
  "AWS::FSx": `
    Backup DataRepositoryAssociation FileCache FileSystem S3AccessPointAttachment Snapshot StorageVirtualMachine
    Volume
  `,
  "AWS::FinSpace": `
    Environment
  `,
  "AWS::Forecast": `
    Dataset DatasetGroup
  `,
  "AWS::FraudDetector": `
    Detector EntityType EventType Label List Outcome Variable
  `,
  "AWS::GameLift": `
    Alias Build ContainerFleet ContainerGroupDefinition Fleet GameServerGroup GameSessionQueue Location
    MatchmakingConfiguration MatchmakingRuleSet Script
  `,
  "AWS::GameLiftStreams": `
    Application StreamGroup
  `,
  "AWS::GammaDilithium": `
    JobDefinition
  `,
  "AWS::GlobalAccelerator": `
    Accelerator CrossAccountAttachment EndpointGroup Listener
  `,
  "AWS::Glue": `
    Blueprint Catalog Classifier Connection ConnectionType Crawler CustomEntityType DataCatalogEncryptionSettings
    DataQualityRuleset Database DevEndpoint IdentityCenterConfiguration Integration IntegrationResourceProperty Job
    MLTransform Partition Registry Schema SchemaVersion SchemaVersionMetadata SecurityConfiguration Session Table
    TableOptimizer Trigger UsageProfile UserDefinedFunction Workflow
  `,
  "AWS::Grafana": `
    Workspace
  `,
  "AWS::Greengrass": `
    ConnectorDefinition ConnectorDefinitionVersion CoreDefinition CoreDefinitionVersion DeviceDefinition
    DeviceDefinitionVersion FunctionDefinition FunctionDefinitionVersion Group GroupVersion LoggerDefinition
    LoggerDefinitionVersion ResourceDefinition ResourceDefinitionVersion SubscriptionDefinition
    SubscriptionDefinitionVersion
  `,
  "AWS::GreengrassV2": `
    ComponentVersion Deployment
  `,
  "AWS::GroundStation": `
    Config DataflowEndpointGroup DataflowEndpointGroupV2 MissionProfile
  `,
  "AWS::GuardDuty": `
    CustomDetectionRuleAssociation Detector Filter IPSet MalwareProtectionPlan Master Member PublishingDestination
    ThreatEntitySet ThreatIntelSet TrustedEntitySet
  `,
  "AWS::HealthAgent": `
    Domain
  `,
  "AWS::HealthImaging": `
    Datastore
  `,
  "AWS::HealthLake": `
    DataTransformationProfile FHIRDatastore
  `,
  "AWS::IAM": `
    AccessKey Group GroupPolicy InstanceProfile ManagedPolicy OIDCProvider Policy Role RolePolicy SAMLProvider
    ServerCertificate ServiceLinkedRole User UserPolicy UserToGroupAddition VirtualMFADevice
  `,
  "AWS::IVS": `
    AdConfiguration Channel EncoderConfiguration IngestConfiguration PlaybackKeyPair PlaybackRestrictionPolicy
    PublicKey RecordingConfiguration Stage StorageConfiguration StreamKey
  `,
  "AWS::IVSChat": `
    LoggingConfiguration Room
  `,
  "AWS::IdentityStore": `
    Group GroupMembership User
  `,
  "AWS::ImageBuilder": `
    Component ContainerRecipe DistributionConfiguration Image ImagePipeline ImageRecipe InfrastructureConfiguration
    LifecyclePolicy Workflow
  `,
  "AWS::Inspector": `
    AssessmentTarget AssessmentTemplate ResourceGroup
  `,
  "AWS::InspectorV2": `
    CisScanConfiguration CodeSecurityIntegration CodeSecurityScanConfiguration Connector Filter
  `,
  "AWS::Interconnect": `
    Connection
  `,
  "AWS::InternetMonitor": `
    Monitor
  `,
  "AWS::Invoicing": `
    InvoiceUnit ProcurementPortalPreference
  `,
  "AWS::IoT": `
    AccountAuditConfiguration Authorizer BillingGroup CACertificate Certificate CertificateProvider Command
    CustomMetric Dimension DomainConfiguration EncryptionConfiguration FleetMetric Job JobTemplate Logging
    MitigationAction Policy PolicyPrincipalAttachment ProvisioningTemplate ResourceSpecificLogging RoleAlias
    ScheduledAudit SecurityProfile SoftwarePackage SoftwarePackageVersion Stream Thing ThingGroup
    ThingPrincipalAttachment ThingType TopicRule TopicRuleDestination
  `,
  "AWS::IoTAnalytics": `
    Channel Dataset Datastore Pipeline
  `,
  "AWS::IoTCoreDeviceAdvisor": `
    SuiteDefinition
  `,
  "AWS::IoTEvents": `
    AlarmModel DetectorModel Input
  `,
  "AWS::IoTFleetWise": `
    Campaign DecoderManifest Fleet ModelManifest SignalCatalog StateTemplate Vehicle
  `,
  "AWS::IoTManagedIntegrations": `
    AccountAssociation CloudConnector CredentialLocker ManagedThing ProvisioningProfile
  `,
  "AWS::IoTSecureTunneling": `
    Tunnel
  `,
  "AWS::IoTSiteWise": `
    AccessPolicy Application Asset AssetModel ComputationModel Dashboard Dataset Gateway Pipeline Portal Project Task
    Workspace
  `,
  "AWS::IoTThingsGraph": `
    FlowTemplate
  `,
  "AWS::IoTTwinMaker": `
    ComponentType Entity Scene SyncJob Workspace
  `,
  "AWS::IoTWireless": `
    Destination DeviceProfile FuotaTask MulticastGroup NetworkAnalyzerConfiguration PartnerAccount ServiceProfile
    TaskDefinition WirelessDevice WirelessDeviceImportTask WirelessGateway
  `,
  "AWS::KMS": `
    Alias Key ReplicaKey
  `,
  "AWS::KafkaConnect": `
    Connector CustomPlugin WorkerConfiguration
  `,
  "AWS::Kendra": `
    DataSource Faq FeaturedResultsSet Index QuerySuggestionsBlockList Thesaurus
  `,
  "AWS::KendraRanking": `
    ExecutionPlan
  `,
  "AWS::Kinesis": `
    Channel ResourcePolicy Stream StreamConsumer
  `,
  "AWS::KinesisAnalytics": `
    Application ApplicationOutput ApplicationReferenceDataSource
  `,
  "AWS::KinesisAnalyticsV2": `
    Application ApplicationCloudWatchLoggingOption ApplicationOutput ApplicationReferenceDataSource
  `,
  "AWS::KinesisFirehose": `
    DeliveryStream
  `,
  "AWS::KinesisVideo": `
    SignalingChannel Stream
  `,
  "AWS::LakeFormation": `
    DataCellsFilter DataLakeSettings Permissions PrincipalPermissions Resource Tag TagAssociation
  `,
  "AWS::Lambda": `
    Alias CapacityProvider CodeSigningConfig EventInvokeConfig EventSourceMapping Function LayerVersion
    LayerVersionPermission MicrovmImage NetworkConnector Permission ResourcePolicy Url Version WebFunction
    WebFunctionEndpoint WebFunctionRevision
  `,
  "AWS::LaunchWizard": `
    Deployment
  `,
  "AWS::Lex": `
    Bot BotAlias BotVersion ResourcePolicy
  `,
  "AWS::LicenseManager": `
    Grant License LicenseAssetGroup LicenseAssetRuleSet LicenseConfiguration ReportGenerator
  `,
  "AWS::LicenseManagerLinuxSubscriptions": `
    SubscriptionProvider
  `,
  "AWS::LicenseManagerUserSubscriptions": `
    LicenseServerEndpoint
  `,
  "AWS::Lightsail": `
    Alarm Bucket Certificate ContactMethod Container Database DatabaseSnapshot Disk DiskSnapshot Distribution Domain
    Instance InstanceSnapshot KeyPair LoadBalancer LoadBalancerTlsCertificate StaticIp
  `,
  "AWS::Location": `
    APIKey GeofenceCollection Map PlaceIndex RouteCalculator Tracker TrackerConsumer
  `,
  "AWS::Logs": `
    AccountPolicy Delivery DeliveryDestination DeliverySource Destination Integration LogAnomalyDetector LogGroup
    LogStream MetricFilter QueryDefinition ResourcePolicy ScheduledQuery StorageTierPolicy SubscriptionFilter
    Transformer
  `,
  "AWS::LookoutEquipment": `
    InferenceScheduler
  `,
  "AWS::LookoutVision": `
    Project
  `,
  "AWS::M2": `
    Application Deployment Environment
  `,
  "AWS::MGN": `
    Connector LaunchConfigurationTemplate NetworkMigrationDefinition
  `,
  "AWS::MPA": `
    ApprovalTeam IdentitySource
  `,
  "AWS::MSK": `
    BatchScramSecret Channel Cluster ClusterPolicy Configuration Replicator ServerlessCluster Topic VpcConnection
  `,
  "AWS::MWAA": `
    Environment
  `,
  "AWS::MWAAServerless": `
    Workflow
  `,
  "AWS::Macie": `
    AllowList CustomDataIdentifier FindingsFilter Member Session
  `,
  "AWS::ManagedBlockchain": `
    Accessor Member Node
  `,
  "AWS::MediaConnect": `
    Bridge BridgeOutput BridgeSource Flow FlowEntitlement FlowMediaStream FlowOutput FlowSource FlowVpcInterface
    Gateway RouterInput RouterNetworkInterface RouterOutput
  `,
  "AWS::MediaConvert": `
    CertificateAssociation JobTemplate Preset Queue
  `,
  "AWS::MediaLive": `
    Channel ChannelPlacementGroup CloudWatchAlarmTemplate CloudWatchAlarmTemplateGroup Cluster EventBridgeRuleTemplate
    EventBridgeRuleTemplateGroup Input InputSecurityGroup Multiplex Multiplexprogram Network Node SdiSource SignalMap
  `,
  "AWS::MediaPackage": `
    Asset Channel OriginEndpoint PackagingConfiguration PackagingGroup
  `,
  "AWS::MediaPackageV2": `
    Channel ChannelGroup ChannelPolicy OriginEndpoint OriginEndpointPolicy
  `,
  "AWS::MediaStore": `
    Container
  `,
  "AWS::MediaTailor": `
    Channel ChannelPolicy Function LiveSource PlaybackConfiguration PrefetchSchedule Program SourceLocation VodSource
  `,
  "AWS::MemoryDB": `
    ACL Cluster MultiRegionCluster ParameterGroup Snapshot SubnetGroup User
  `,
  "AWS::Neptune": `
    DBCluster DBClusterParameterGroup DBInstance DBParameterGroup DBSubnetGroup EventSubscription GlobalCluster
  `,
  "AWS::NeptuneGraph": `
    Graph GraphSnapshot PrivateGraphEndpoint
  `,
  "AWS::NetworkFirewall": `
    ContainerAssociation Firewall FirewallPolicy LoggingConfiguration RuleGroup TLSInspectionConfiguration
    VpcEndpointAssociation
  `,
  "AWS::NetworkFlowMonitor": `
    Monitor Scope
  `,
  "AWS::NetworkManager": `
    ConnectAttachment ConnectPeer Connection CoreNetwork CoreNetworkPrefixListAssociation CustomerGatewayAssociation
    Device DirectConnectGatewayAttachment GlobalNetwork Link LinkAssociation Site SiteToSiteVpnAttachment
    TransitGatewayPeering TransitGatewayRegistration TransitGatewayRouteTableAttachment VpcAttachment
  `,
  "AWS::NetworkMonitor": `
    Monitor
  `,
  "AWS::NetworkSecurityManager": `
    Deployment Policy Rule Scope Template
  `,
  "AWS::NimbleStudio": `
    Studio
  `,
  "AWS::Notifications": `
    ChannelAssociation EventRule ManagedNotificationAccountContactAssociation
    ManagedNotificationAdditionalChannelAssociation NotificationConfiguration NotificationHub
    OrganizationalUnitAssociation
  `,
  "AWS::NotificationsContacts": `
    EmailContact
  `,
  "AWS::NovaAct": `
    WorkflowDefinition
  `,
  "AWS::ODB": `
    CloudAutonomousVmCluster CloudExadataInfrastructure CloudVmCluster OdbNetwork OdbPeeringConnection
  `,
  "AWS::OSIS": `
    Pipeline
  `,
  "AWS::Oam": `
    Link Sink
  `,
  "AWS::ObservabilityAdmin": `
    DatasetIntegration OrganizationCentralizationRule OrganizationTelemetryRule S3TableIntegration TelemetryEnrichment
    TelemetryPipelines TelemetryRule
  `,
  "AWS::Omics": `
    AnnotationStore Configuration ReferenceStore RunCache RunGroup SequenceStore VariantStore Workflow WorkflowVersion
  `,
  "AWS::OpenSearch": `
    DataSource
  `,
  "AWS::OpenSearchServerless": `
    AccessPolicy Collection CollectionGroup CollectionIndex Index LifecyclePolicy SecurityConfig SecurityPolicy
    VpcEndpoint
  `,
  "AWS::OpenSearchService": `
    Application Domain
  `,
  "AWS::OpsWorks": `
    App ElasticLoadBalancerAttachment Instance Layer Stack UserProfile Volume
  `,
  "AWS::Organizations": `
    Account Organization OrganizationalUnit Policy ResourcePolicy
  `,
  "AWS::Outposts": `
    Outpost Site
  `,
  "AWS::PCAConnectorAD": `
    Connector DirectoryRegistration ServicePrincipalName Template TemplateGroupAccessControlEntry
  `,
  "AWS::PCAConnectorSCEP": `
    Challenge Connector
  `,
  "AWS::PCS": `
    Cluster ComputeNodeGroup Queue
  `,
  "AWS::PI": `
    PerfReports
  `,
  "AWS::Panorama": `
    ApplicationInstance Package PackageVersion
  `,
  "AWS::PaymentCryptography": `
    Alias Key
  `,
  "AWS::Personalize": `
    Campaign Dataset DatasetGroup EventTracker Filter MetricAttribution Schema Solution
  `,
  "AWS::Pinpoint": `
    ADMChannel APNSChannel APNSSandboxChannel APNSVoipChannel APNSVoipSandboxChannel App ApplicationSettings
    BaiduChannel Campaign EmailChannel EmailTemplate EventStream GCMChannel InAppTemplate PushTemplate SMSChannel
    Segment SmsTemplate VoiceChannel
  `,
  "AWS::PinpointEmail": `
    ConfigurationSet ConfigurationSetEventDestination DedicatedIpPool Identity
  `,
  "AWS::Pipes": `
    Pipe
  `,
  "AWS::Polly": `
    Lexicon
  `,
  "AWS::PricingPlanManager": `
    Subscription
  `,
  "AWS::Proton": `
    EnvironmentAccountConnection EnvironmentTemplate ServiceTemplate
  `,
  "AWS::QBusiness": `
    Application DataAccessor DataSource Index Permission Plugin Retriever WebExperience
  `,
  "AWS::QLDB": `
    Ledger Stream
  `,
  "AWS::QuickSight": `
    ActionConnector Agent Analysis ApprovalPolicy Assignment Brand CustomPermissions Customization DLPSetting
    Dashboard DataSet DataSource Flow Folder Group KnowledgeBase LimitsProfile OAuthClientApplication RefreshSchedule
    Space Template Theme Topic TopicV2 VPCConnection
  `,
  "AWS::RAM": `
    Permission PermissionAssociation PrincipalAssociation ResourceAssociation ResourceShare SourceAssociation
  `,
  "AWS::RDS": `
    ClusterSnapshot CustomDBEngineVersion DBCluster DBClusterEndpoint DBClusterParameterGroup DBInstance
    DBParameterGroup DBProxy DBProxyEndpoint DBProxyTargetGroup DBSecurityGroup DBSecurityGroupIngress DBShardGroup
    DBSnapshot DBSubnetGroup Deployment EventSubscription GlobalCluster Integration OptionGroup
  `,
  "AWS::RTBFabric": `
    InboundExternalLink Link LinkRoutingRule OutboundExternalLink RequesterGateway ResponderGateway
  `,
  "AWS::RUM": `
    AppMonitor
  `,
  "AWS::Rbin": `
    Rule
  `,
  "AWS::Redshift": `
    Cluster ClusterParameterGroup ClusterSecurityGroup ClusterSecurityGroupIngress ClusterSubnetGroup EndpointAccess
    EndpointAuthorization EventSubscription Integration QEV2IdcApplication RedshiftIdcApplication ScheduledAction
    Snapshot SnapshotCopyGrant SnapshotSchedule UsageLimit
  `,
  "AWS::RedshiftServerless": `
    Namespace Snapshot Workgroup
  `,
  "AWS::RefactorSpaces": `
    Application Environment Route Service
  `,
  "AWS::Rekognition": `
    Collection Dataset Project StreamProcessor
  `,
  "AWS::ResilienceHub": `
    App ResiliencyPolicy
  `,
  "AWS::ResilienceHubV2": `
    Policy Service ServiceFunction System UserJourney
  `,
  "AWS::ResourceExplorer2": `
    DefaultViewAssociation Index View
  `,
  "AWS::ResourceGroups": `
    Group TagSyncTask
  `,
  "AWS::RoboMaker": `
    Fleet Robot RobotApplication RobotApplicationVersion SimulationApplication SimulationApplicationVersion
  `,
  "AWS::RolesAnywhere": `
    CRL Profile TrustAnchor
  `,
  "AWS::Route53": `
    CidrCollection DNSSEC DelegationSet HealthCheck HostedZone KeySigningKey QueryLoggingConfig RecordSet
    RecordSetGroup TrafficPolicy TrafficPolicyInstance
  `,
  "AWS::Route53GlobalResolver": `
    AccessSource AccessToken DnsView FirewallDomainList FirewallRule GlobalResolver HostedZoneAssociation
  `,
  "AWS::Route53Profiles": `
    Profile ProfileAssociation ProfileResourceAssociation
  `,
  "AWS::Route53RecoveryControl": `
    Cluster ControlPanel RoutingControl SafetyRule
  `,
  "AWS::Route53RecoveryReadiness": `
    Cell ReadinessCheck RecoveryGroup ResourceSet
  `,
  "AWS::Route53Resolver": `
    FirewallDomainList FirewallRuleGroup FirewallRuleGroupAssociation OutpostResolver ResolverConfig
    ResolverDNSSECConfig ResolverEndpoint ResolverQueryLoggingConfig ResolverQueryLoggingConfigAssociation
    ResolverRule ResolverRuleAssociation
  `,
  "AWS::S3": `
    AccessGrant AccessGrantsInstance AccessGrantsLocation AccessPoint Bucket BucketPolicy MultiRegionAccessPoint
    MultiRegionAccessPointPolicy StorageLens StorageLensGroup
  `,
  "AWS::S3Express": `
    AccessPoint BucketPolicy DirectoryBucket
  `,
  "AWS::S3Files": `
    AccessPoint FileSystem FileSystemPolicy MountTarget
  `,
  "AWS::S3ObjectLambda": `
    AccessPoint AccessPointPolicy
  `,
  "AWS::S3Outposts": `
    AccessPoint Bucket BucketPolicy Endpoint
  `,
  "AWS::S3Tables": `
    Namespace Table TableBucket TableBucketPolicy TablePolicy
  `,
  "AWS::S3Vectors": `
    Index VectorBucket VectorBucketPolicy
  `,
  "AWS::SCN": `
    DataIntegrationFlow Dataset Instance Namespace
  `,
  "AWS::SDB": `
    Domain
  `,
  "AWS::SES": `
    ConfigurationSet ConfigurationSetEventDestination ContactList CustomVerificationEmailTemplate DedicatedIpPool
    EmailIdentity EmailIdentityCertificate MailManagerAddonInstance MailManagerAddonSubscription
    MailManagerAddressList MailManagerArchive MailManagerIngressPoint MailManagerRelay MailManagerRuleSet
    MailManagerTrafficPolicy MultiRegionEndpoint ReceiptFilter ReceiptRule ReceiptRuleSet Template Tenant
    VdmAttributes
  `,
  "AWS::SMSVOICE": `
    ConfigurationSet NotifyConfiguration OptOutList PhoneNumber Pool ProtectConfiguration RcsAgent Registration
    RegistrationAttachment ResourcePolicy SenderId VerifiedDestinationNumber
  `,
  "AWS::SNS": `
    Subscription Topic TopicInlinePolicy TopicPolicy
  `,
  "AWS::SQS": `
    Queue QueueInlinePolicy QueuePolicy
  `,
  "AWS::SSM": `
    Association CloudConnector Document MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask OpsItem
    Parameter PatchBaseline ResourceDataSync ResourcePolicy ServiceSetting
  `,
  "AWS::SSMContacts": `
    Contact ContactChannel Plan Rotation
  `,
  "AWS::SSMGuiConnect": `
    Preferences
  `,
  "AWS::SSMIncidents": `
    ReplicationSet ResponsePlan
  `,
  "AWS::SSMQuickSetup": `
    ConfigurationManager LifecycleAutomation
  `,
  "AWS::SSO": `
    Application ApplicationAssignment Assignment Instance InstanceAccessControlAttributeConfiguration PermissionSet
  `,
  "AWS::SageMaker": `
    AIWorkloadConfig Action Algorithm App AppImageConfig Artifact Cluster ClusterSchedulerConfig CodeRepository
    ComputeQuota Context DataQualityJobDefinition Device DeviceFleet Domain Endpoint EndpointConfig Experiment
    ExperimentTrialComponent FeatureGroup Hub HumanTaskUi Image ImageVersion InferenceComponent InferenceExperiment
    MlflowApp MlflowTrackingServer Model ModelBiasJobDefinition ModelCard ModelExplainabilityJobDefinition
    ModelPackage ModelPackageGroup ModelQualityJobDefinition MonitoringSchedule NotebookInstance
    NotebookInstanceLifecycleConfig PartnerApp Pipeline ProcessingJob Project Space StudioLifecycleConfig
    TrialComponent UserProfile Workforce Workteam
  `,
  "AWS::Scheduler": `
    Schedule ScheduleGroup
  `,
  "AWS::SecretsManager": `
    ResourcePolicy RotationSchedule Secret SecretTargetAttachment
  `,
  "AWS::SecurityAgent": `
    AgentSpace Application Artifact Integration Pentest SecurityRequirementPack TargetDomain
  `,
  "AWS::SecurityHub": `
    ActionTarget AggregatorV2 AutomationRule AutomationRuleV2 ConfigurationPolicy Connector ConnectorV2 DelegatedAdmin
    FindingAggregator Hub HubV2 Insight OrganizationConfiguration PolicyAssociation ProductSubscription
    SecurityControl Standard
  `,
  "AWS::SecurityLake": `
    AwsLogSource DataLake Subscriber SubscriberNotification
  `,
  "AWS::ServerlessRepo": `
    Application
  `,
  "AWS::ServiceCatalog": `
    AcceptedPortfolioShare CloudFormationProduct CloudFormationProvisionedProduct LaunchNotificationConstraint
    LaunchRoleConstraint LaunchTemplateConstraint Portfolio PortfolioPrincipalAssociation PortfolioProductAssociation
    PortfolioShare ResourceUpdateConstraint ServiceAction ServiceActionAssociation StackSetConstraint TagOption
    TagOptionAssociation
  `,
  "AWS::ServiceCatalogAppRegistry": `
    Application AttributeGroup AttributeGroupAssociation ResourceAssociation
  `,
  "AWS::ServiceDiscovery": `
    HttpNamespace Instance PrivateDnsNamespace PublicDnsNamespace Service
  `,
  "AWS::Shield": `
    DRTAccess ProactiveEngagement Protection ProtectionGroup
  `,
  "AWS::Signer": `
    ProfilePermission SigningProfile
  `,
  "AWS::SimSpaceWeaver": `
    Simulation
  `,
  "AWS::StepFunctions": `
    Activity StateMachine StateMachineAlias StateMachineVersion
  `,
  "AWS::StorageGateway": `
    NFSFileShare SMBFileShare Tape TapePool Volume
  `,
  "AWS::SupportApp": `
    AccountAlias SlackChannelConfiguration SlackWorkspaceConfiguration
  `,
  "AWS::SupportAuthZ": `
    SupportPermit
  `,
  "AWS::Synthetics": `
    Canary Group
  `,
  "AWS::SystemsManagerSAP": `
    Application
  `,
  "AWS::Textract": `
    Adapter
  `,
  "AWS::Timestream": `
    Database InfluxDBBackup InfluxDBCluster InfluxDBInstance ScheduledQuery Table
  `,
  "AWS::Transcribe": `
    CallAnalyticsCategory MedicalVocabulary Vocabulary VocabularyFilter
  `,
  "AWS::Transfer": `
    Agreement Certificate Connector HostKey Profile Server User WebApp Workflow
  `,
  "AWS::Translate": `
    ParallelData Terminology
  `,
  "AWS::UXC": `
    AccountCustomization
  `,
  "AWS::VerifiedPermissions": `
    IdentitySource Policy PolicyStore PolicyStoreAlias PolicyTemplate
  `,
  "AWS::VoiceID": `
    Domain
  `,
  "AWS::VpcLattice": `
    AccessLogSubscription AuthPolicy DomainVerification Listener ResourceConfiguration ResourceGateway ResourcePolicy
    Rule Service ServiceNetwork ServiceNetworkResourceAssociation ServiceNetworkServiceAssociation
    ServiceNetworkVpcAssociation TargetGroup
  `,
  "AWS::WAF": `
    ByteMatchSet IPSet Rule SizeConstraintSet SqlInjectionMatchSet WebACL XssMatchSet
  `,
  "AWS::WAFRegional": `
    ByteMatchSet GeoMatchSet IPSet RateBasedRule RegexPatternSet Rule SizeConstraintSet SqlInjectionMatchSet WebACL
    WebACLAssociation XssMatchSet
  `,
  "AWS::WAFv2": `
    IPSet LoggingConfiguration RegexPatternSet RuleGroup WebACL WebACLAssociation
  `,
  "AWS::WellArchitected": `
    AgentContext AgentGoal AgentProfile Lens Profile ReviewTemplate Workload
  `,
  "AWS::Wickr": `
    Network
  `,
  "AWS::Wisdom": `
    AIAgent AIAgentVersion AIGuardrail AIGuardrailVersion AIPrompt AIPromptVersion Assistant AssistantAssociation
    Content ContentAssociation KnowledgeBase MessageTemplate MessageTemplateVersion QuickResponse
  `,
  "AWS::WorkSpaces": `
    ConnectionAlias Directory Workspace WorkspaceIpGroup WorkspacesPool
  `,
  "AWS::WorkSpacesThinClient": `
    Environment
  `,
  "AWS::WorkSpacesWeb": `
    BrowserSettings DataProtectionSettings IdentityProvider IpAccessSettings NetworkSettings Portal SessionLogger
    TrustStore UserAccessLoggingSettings UserSettings
  `,
  "AWS::WorkspacesInstances": `
    Volume VolumeAssociation WorkspaceInstance
  `,
  "AWS::XRay": `
    Group ResourcePolicy SamplingRule TransactionSearchConfig
  `,
};
