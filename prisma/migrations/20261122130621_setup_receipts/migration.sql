-- CreateTable
CREATE TABLE "SetupReceipt" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "SetupReceipt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SetupReceipt_connectionId_at_idx" ON "SetupReceipt"("connectionId", "at");

-- AddForeignKey
ALTER TABLE "SetupReceipt" ADD CONSTRAINT "SetupReceipt_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;
