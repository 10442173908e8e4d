-- AlterTable
ALTER TABLE "AccessLogEntry" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "ActivityLogEntry" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "AuditRound" ALTER COLUMN "startedAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Connection" ALTER COLUMN "statusChangedAt" SET DEFAULT clock_timestamp(),
ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "ConnectionStatusChange" ALTER COLUMN "at" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Customer" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Invitation" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Membership" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Reminder" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Session" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "User" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp(),
ALTER COLUMN "lastSignInAt" SET DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "Verification" ALTER COLUMN "startedAt" SET DEFAULT clock_timestamp();
