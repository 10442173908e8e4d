-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "CustomerRole" AS ENUM ('admin', 'viewer');

-- CreateEnum
CREATE TYPE "MembershipSource" AS ENUM ('claim', 'invitation');

-- CreateEnum
CREATE TYPE "ConnectionStatus" AS ENUM ('pending', 'setup', 'active', 'degraded', 'insecure', 'broken', 'paused', 'disconnected');

-- CreateEnum
CREATE TYPE "VerificationState" AS ENUM ('running', 'finished', 'abandoned');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT,
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSignInAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "tokenDigest" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "userId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "role" "CustomerRole" NOT NULL,
    "source" "MembershipSource" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("userId","customerId","source")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "CustomerRole" NOT NULL,
    "tokenDigest" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "ConnectionStatus" NOT NULL DEFAULT 'pending',
    "partition" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "stackName" TEXT NOT NULL,
    "roleName" TEXT NOT NULL,
    "externalIdCiphertext" BYTEA NOT NULL,
    "externalIdDigest" TEXT NOT NULL,
    "roleArnCiphertext" BYTEA,
    "roleArnDigest" TEXT,
    "accountId" CHAR(12),
    "roleUniqueId" TEXT,
    "setupPermissions" TEXT NOT NULL DEFAULT 'unknown',
    "launchedAt" TIMESTAMPTZ(3),
    "provenAt" TIMESTAMPTZ(3),
    "setupGoneAt" TIMESTAMPTZ(3),
    "lastVerifiedAt" TIMESTAMPTZ(3),
    "statusChangedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "templateVersion" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "requestId" UUID NOT NULL,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectionStatusChange" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "from" "ConnectionStatus" NOT NULL,
    "to" "ConnectionStatus" NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectionStatusChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "state" "VerificationState" NOT NULL DEFAULT 'running',
    "outcome" TEXT,
    "expectSetup" TEXT NOT NULL DEFAULT 'present',
    "setupExpiresAt" TIMESTAMPTZ(3),
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "waitingFor" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadlineAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckResult" (
    "verificationId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "checkId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "cause" TEXT,
    "detailCiphertext" BYTEA,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CheckResult_pkey" PRIMARY KEY ("verificationId","checkId")
);

-- CreateTable
CREATE TABLE "AccessLogEntry" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "actorType" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "sessionName" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "errorCode" TEXT,
    "requestId" TEXT,
    "latencyMs" INTEGER NOT NULL,
    "probe" BOOLEAN NOT NULL DEFAULT false,
    "expiresAt" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessLogEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivityLogEntry" (
    "id" UUID NOT NULL,
    "customerId" UUID,
    "connectionId" UUID,
    "userId" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ActivityLogEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimiterFlexible" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "RateLimiterFlexible_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_issuer_subject_key" ON "User"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenDigest_key" ON "Session"("tokenDigest");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_reference_key" ON "Customer"("reference");

-- CreateIndex
CREATE INDEX "Membership_customerId_idx" ON "Membership"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenDigest_key" ON "Invitation"("tokenDigest");

-- CreateIndex
CREATE INDEX "Invitation_customerId_createdAt_idx" ON "Invitation"("customerId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_externalIdDigest_key" ON "Connection"("externalIdDigest");

-- CreateIndex
CREATE INDEX "Connection_customerId_createdAt_idx" ON "Connection"("customerId", "createdAt");

-- CreateIndex
CREATE INDEX "Connection_status_createdAt_idx" ON "Connection"("status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_customerId_requestId_key" ON "Connection"("customerId", "requestId");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_customerId_roleArnDigest_key" ON "Connection"("customerId", "roleArnDigest");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_id_customerId_key" ON "Connection"("id", "customerId");

-- CreateIndex
CREATE INDEX "ConnectionStatusChange_connectionId_at_idx" ON "ConnectionStatusChange"("connectionId", "at");

-- CreateIndex
CREATE INDEX "Verification_connectionId_startedAt_idx" ON "Verification"("connectionId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Verification_id_customerId_key" ON "Verification"("id", "customerId");

-- CreateIndex
CREATE INDEX "AccessLogEntry_customerId_at_idx" ON "AccessLogEntry"("customerId", "at");

-- CreateIndex
CREATE INDEX "AccessLogEntry_connectionId_at_idx" ON "AccessLogEntry"("connectionId", "at");

-- CreateIndex
CREATE INDEX "ActivityLogEntry_customerId_at_idx" ON "ActivityLogEntry"("customerId", "at");

-- CreateIndex
CREATE INDEX "ActivityLogEntry_at_idx" ON "ActivityLogEntry"("at");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectionStatusChange" ADD CONSTRAINT "ConnectionStatusChange_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckResult" ADD CONSTRAINT "CheckResult_verificationId_customerId_fkey" FOREIGN KEY ("verificationId", "customerId") REFERENCES "Verification"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema cannot say: at most one verification of a connection runs at a time.
CREATE UNIQUE INDEX "Verification_one_running" ON "Verification" ("connectionId") WHERE "state" = 'running';
