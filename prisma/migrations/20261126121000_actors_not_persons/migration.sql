-- Whoever acts has a type and an ID, person or not. Until now only persons did, and the log kept their ID alone: who started or
-- cancelled a round of audits was staff, everybody else acted as a person of the customer. The rows say no more than that.
ALTER TABLE "ActivityLogEntry" ADD COLUMN "actorType" TEXT,
ADD COLUMN "actorId" TEXT,
ALTER COLUMN "userId" DROP NOT NULL;

UPDATE "ActivityLogEntry" SET
  "actorType" = CASE WHEN "action" LIKE 'audit-round.%' THEN 'staff' ELSE 'customer' END,
  "actorId" = "userId"::text;

ALTER TABLE "ActivityLogEntry" ALTER COLUMN "actorType" SET NOT NULL,
ALTER COLUMN "actorId" SET NOT NULL;

-- A process of an earlier version that still runs, or runs again after a roll-back, writes the person alone.
CREATE FUNCTION activity_of_earlier_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."actorType" := CASE WHEN NEW."action" LIKE 'audit-round.%' THEN 'staff' ELSE 'customer' END;
  NEW."actorId" := NEW."userId"::text;
  RETURN NEW;
END $$;
CREATE TRIGGER activity_of_earlier_version BEFORE INSERT ON "ActivityLogEntry"
  FOR EACH ROW WHEN (NEW."actorId" IS NULL) EXECUTE FUNCTION activity_of_earlier_version();

-- The ID of an actor need be no UUID: this rewrites the table, and nothing reads it meanwhile.
ALTER TABLE "Connection" ADD COLUMN "createdByType" TEXT NOT NULL DEFAULT 'customer',
ALTER COLUMN "createdById" SET DATA TYPE TEXT;

ALTER TABLE "AuditRound" ADD COLUMN "startedByType" TEXT,
ALTER COLUMN "startedById" SET DATA TYPE TEXT;
UPDATE "AuditRound" SET "startedByType" = 'staff' WHERE "startedById" IS NOT NULL;
