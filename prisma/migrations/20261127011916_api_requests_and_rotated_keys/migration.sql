-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "replacesId" UUID;

-- CreateTable
CREATE TABLE "ApiRequest" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "apiKeyId" UUID,
    "code" TEXT,

    CONSTRAINT "ApiRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ApiRequest_at_id_idx" ON "ApiRequest"("at", "id");

-- CreateIndex
CREATE INDEX "ApiRequest_apiKeyId_at_id_idx" ON "ApiRequest"("apiKeyId", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_replacesId_key" ON "ApiKey"("replacesId");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "ApiKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Prisma's schema cannot say these: what failed is looked for among many requests that did not.
CREATE INDEX "ApiRequest_problem_idx" ON "ApiRequest" ("at", "id") WHERE "status" >= 400;
CREATE INDEX "ApiRequest_failed_idx" ON "ApiRequest" ("at", "id") WHERE "status" >= 500;
CREATE INDEX "ApiRequest_limited_idx" ON "ApiRequest" ("apiKeyId", "at") WHERE "status" = 429;
