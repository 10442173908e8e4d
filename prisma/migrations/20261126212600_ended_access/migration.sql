-- CreateTable
CREATE TABLE "EndedAccess" (
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "nextAskAt" TIMESTAMPTZ(3),
    "askUntil" TIMESTAMPTZ(3) NOT NULL,
    "lastAskedAt" TIMESTAMPTZ(3),
    "lastAnswer" TEXT,

    CONSTRAINT "EndedAccess_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "EndReceipt" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "EndReceipt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "EndedAccess_nextAskAt_idx" ON "EndedAccess"("nextAskAt");

-- CreateIndex
CREATE UNIQUE INDEX "EndedAccess_connectionId_customerId_key" ON "EndedAccess"("connectionId", "customerId");

-- CreateIndex
CREATE INDEX "EndReceipt_connectionId_at_idx" ON "EndReceipt"("connectionId", "at");

-- AddForeignKey
ALTER TABLE "EndedAccess" ADD CONSTRAINT "EndedAccess_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EndReceipt" ADD CONSTRAINT "EndReceipt_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;
