-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "trustDenialConfirmedAt" TIMESTAMPTZ(3),
ADD COLUMN     "trustDeniedAt" TIMESTAMPTZ(3),
ADD COLUMN     "trustDeniedSince" TIMESTAMPTZ(3),
ADD COLUMN     "trustReadAt" TIMESTAMPTZ(3);
