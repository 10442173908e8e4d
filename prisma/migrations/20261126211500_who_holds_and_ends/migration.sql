-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "customerHoldById" TEXT,
ADD COLUMN     "customerHoldByType" TEXT,
ADD COLUMN     "disconnectedById" TEXT,
ADD COLUMN     "disconnectedByType" TEXT,
ADD COLUMN     "staffHoldById" TEXT,
ADD COLUMN     "staffHoldByType" TEXT;
