-- CreateEnum
CREATE TYPE "AuditRoundKind" AS ENUM ('scheduled', 'all');

-- CreateEnum
CREATE TYPE "AuditRoundState" AS ENUM ('running', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "AuditItemState" AS ENUM ('waiting', 'queued', 'running', 'done', 'skipped', 'cancelled');

-- AlterTable
ALTER TABLE "Verification" ADD COLUMN     "roundId" UUID;

-- CreateTable
CREATE TABLE "AuditSchedule" (
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "nextAuditAt" TIMESTAMPTZ(3) NOT NULL,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "refusedSince" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" TIMESTAMPTZ(3),

    CONSTRAINT "AuditSchedule_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "AuditRound" (
    "id" UUID NOT NULL,
    "kind" "AuditRoundKind" NOT NULL,
    "state" "AuditRoundState" NOT NULL DEFAULT 'running',
    "windowAt" TIMESTAMPTZ(3),
    "openUntil" TIMESTAMPTZ(3),
    "startedById" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuditRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditItem" (
    "roundId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "state" "AuditItemState" NOT NULL DEFAULT 'waiting',
    "readyAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "jobId" UUID,
    "claim" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuditItem_pkey" PRIMARY KEY ("roundId","connectionId")
);

-- CreateTable
CREATE TABLE "RolePicture" (
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "detailCiphertext" BYTEA NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RolePicture_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "Drift" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "detailCiphertext" BYTEA NOT NULL,
    "notSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "verificationId" UUID,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Drift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CallBudget" (
    "name" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "CallBudget_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "AuditSchedule_nextAuditAt_idx" ON "AuditSchedule"("nextAuditAt");

-- CreateIndex
CREATE UNIQUE INDEX "AuditSchedule_connectionId_customerId_key" ON "AuditSchedule"("connectionId", "customerId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditRound_windowAt_key" ON "AuditRound"("windowAt");

-- CreateIndex
CREATE INDEX "AuditRound_state_startedAt_idx" ON "AuditRound"("state", "startedAt");

-- CreateIndex
CREATE INDEX "AuditRound_kind_startedAt_idx" ON "AuditRound"("kind", "startedAt");

-- CreateIndex
CREATE INDEX "AuditItem_roundId_state_idx" ON "AuditItem"("roundId", "state");

-- CreateIndex
CREATE INDEX "AuditItem_connectionId_idx" ON "AuditItem"("connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "RolePicture_connectionId_customerId_key" ON "RolePicture"("connectionId", "customerId");

-- CreateIndex
CREATE INDEX "Drift_connectionId_firstSeenAt_idx" ON "Drift"("connectionId", "firstSeenAt");

-- CreateIndex
CREATE INDEX "Reminder_connectionId_idx" ON "Reminder"("connectionId");

-- CreateIndex
CREATE INDEX "Reminder_kind_endedAt_idx" ON "Reminder"("kind", "endedAt");

-- CreateIndex
CREATE INDEX "Verification_startedAt_idx" ON "Verification"("startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Verification_roundId_connectionId_key" ON "Verification"("roundId", "connectionId");

-- AddForeignKey
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "AuditRound"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditSchedule" ADD CONSTRAINT "AuditSchedule_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditItem" ADD CONSTRAINT "AuditItem_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "AuditRound"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditItem" ADD CONSTRAINT "AuditItem_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RolePicture" ADD CONSTRAINT "RolePicture_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drift" ADD CONSTRAINT "Drift_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drift" ADD CONSTRAINT "Drift_verificationId_fkey" FOREIGN KEY ("verificationId") REFERENCES "Verification"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- A drift of a kind is open once, and so is a reminder.
CREATE UNIQUE INDEX "Drift_open_key" ON "Drift"("connectionId", "kind") WHERE "endedAt" IS NULL;
CREATE UNIQUE INDEX "Reminder_open_key" ON "Reminder"("connectionId", "kind") WHERE "endedAt" IS NULL;

-- One round of all connections runs at a time.
CREATE UNIQUE INDEX "AuditRound_all_running_key" ON "AuditRound"("kind") WHERE "kind" = 'all' AND "state" = 'running';

-- What the planner looks for: work that waits, and leases that ended.
CREATE INDEX "AuditItem_waiting_idx" ON "AuditItem"("readyAt") WHERE "state" = 'waiting';
CREATE INDEX "AuditItem_running_idx" ON "AuditItem"("leaseUntil") WHERE "state" = 'running';
CREATE INDEX "AuditItem_in_flight_idx" ON "AuditItem"("customerId") WHERE "state" IN ('queued', 'running');

-- Roles that were proven before there were audits fall due over the first day.
INSERT INTO "AuditSchedule" ("connectionId", "customerId", "nextAuditAt")
SELECT "id", "customerId", now() + random() * interval '1 day' FROM "Connection" WHERE "provenAt" IS NOT NULL;
