-- People invite, and the vendor's own code by a key: then there is no person.
ALTER TABLE "Invitation" ADD COLUMN "createdByType" TEXT NOT NULL DEFAULT 'customer', ALTER COLUMN "createdById" DROP NOT NULL;
