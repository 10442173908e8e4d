-- DropIndex
DROP INDEX "Connection_customerId_roleArnDigest_key";

-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "accessGoneAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkFailed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "disconnectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldByCustomerAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldByStaffAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastOutcome" TEXT;

-- AlterTable
ALTER TABLE "ConnectionStatusChange" ADD COLUMN     "actorId" TEXT,
ADD COLUMN     "actorType" TEXT;

-- What Prisma's schema cannot say: a customer connects a role once, and may do so again after the connection was ended.
CREATE UNIQUE INDEX "Connection_one_for_each_role_of_a_customer" ON "Connection" ("customerId", "roleArnDigest")
  WHERE "status" <> 'disconnected';

-- What rows of earlier versions say of themselves by their status.
UPDATE "Connection" SET
  "lastOutcome" = CASE
    WHEN "status" = 'insecure' THEN 'insecure'
    WHEN "status" = 'broken' THEN 'failed'
    WHEN "status" IN ('setup', 'active', 'degraded') THEN 'proven'
  END,
  "checkFailed" = "status" = 'degraded',
  "heldByCustomerAt" = CASE WHEN "status" = 'paused' THEN "statusChangedAt" END,
  "disconnectedAt" = CASE WHEN "status" = 'disconnected' THEN "statusChangedAt" END
WHERE "status" <> 'pending';
