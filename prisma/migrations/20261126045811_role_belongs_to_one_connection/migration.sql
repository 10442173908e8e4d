-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "roleDigest" TEXT;

-- CreateIndex
CREATE INDEX "Connection_roleDigest_idx" ON "Connection"("roleDigest");

-- CreateIndex
CREATE INDEX "Connection_accountId_idx" ON "Connection"("accountId");

-- What Prisma's schema cannot say: a role that one connection verified is no other's until that one is disconnected. Rows of
-- earlier versions have no digest yet; the worker fills it in, and tells staff of those that share a role.
CREATE UNIQUE INDEX "Connection_one_for_each_role" ON "Connection" ("roleDigest")
  WHERE "provenAt" IS NOT NULL AND "status" <> 'disconnected';
