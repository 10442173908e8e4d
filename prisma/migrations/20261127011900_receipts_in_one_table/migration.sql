-- CreateTable
CREATE TABLE "Receipt" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ciphertext" BYTEA NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("id")
);

-- Those that were written before are sealed for the same fields, so they move as they are.
INSERT INTO "Receipt" ("id", "connectionId", "customerId", "kind", "at", "ciphertext")
SELECT "id", "connectionId", "customerId", 'setup', "at", "ciphertext" FROM "SetupReceipt"
UNION ALL SELECT "id", "connectionId", "customerId", 'end', "at", "ciphertext" FROM "EndReceipt";

-- DropTable
DROP TABLE "SetupReceipt";

-- DropTable
DROP TABLE "EndReceipt";

-- CreateIndex
CREATE INDEX "Receipt_connectionId_at_idx" ON "Receipt"("connectionId", "at");

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;
