-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "nextAccepted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "nextExternalIdCiphertext" BYTEA,
ADD COLUMN     "nextExternalIdDigest" TEXT;

-- CreateTable
CREATE TABLE "Rotation" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "startedByType" TEXT NOT NULL,
    "startedById" TEXT NOT NULL,
    "seen" TEXT,
    "seenAt" TIMESTAMPTZ(3),
    "expiredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "endedByType" TEXT,
    "endedById" TEXT,

    CONSTRAINT "Rotation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Rotation_connectionId_startedAt_idx" ON "Rotation"("connectionId", "startedAt");

-- AddForeignKey
ALTER TABLE "Rotation" ADD CONSTRAINT "Rotation_connectionId_customerId_fkey" FOREIGN KEY ("connectionId", "customerId") REFERENCES "Connection"("id", "customerId") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one that runs, which is also how the worker finds them.
CREATE UNIQUE INDEX "Rotation_running_key" ON "Rotation"("connectionId") WHERE "endedAt" IS NULL;

-- Few rows have one, so it is built at once.
CREATE UNIQUE INDEX "Connection_nextExternalIdDigest_key" ON "Connection"("nextExternalIdDigest") WHERE "nextExternalIdDigest" IS NOT NULL;

-- An external ID is one connection's, whether it is its current or its next one. Two indexes cannot say that of two columns. Whoever issues a
-- next one waits for those who write current ones at the moment, and they for whoever issues one; they never wait for each other.
CREATE FUNCTION refuse_issued_external_id() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  digests CONSTANT bigint := 7237146380210517301;
BEGIN
  IF NEW."nextExternalIdDigest" IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(digests);
  ELSE
    PERFORM pg_advisory_xact_lock_shared(digests);
  END IF;
  IF NEW."nextExternalIdDigest" = NEW."externalIdDigest"
    OR EXISTS (SELECT FROM "Connection" WHERE "externalIdDigest" = NEW."nextExternalIdDigest" AND "id" <> NEW."id")
    OR EXISTS (SELECT FROM "Connection" WHERE "nextExternalIdDigest" = NEW."externalIdDigest" AND "id" <> NEW."id")
  THEN
    RAISE EXCEPTION 'the external ID is another connection''s' USING ERRCODE = 'unique_violation', CONSTRAINT = 'external_id_issued';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER external_id_added BEFORE INSERT ON "Connection" FOR EACH ROW EXECUTE FUNCTION refuse_issued_external_id();
CREATE TRIGGER external_id_changed BEFORE UPDATE OF "externalIdDigest", "nextExternalIdDigest" ON "Connection" FOR EACH ROW
  WHEN ((OLD."externalIdDigest", OLD."nextExternalIdDigest") IS DISTINCT FROM (NEW."externalIdDigest", NEW."nextExternalIdDigest"))
  EXECUTE FUNCTION refuse_issued_external_id();

-- Processes hear of a rotation too, and of which external ID AWS accepts.
DROP TRIGGER "Connection_changed" ON "Connection";
CREATE TRIGGER "Connection_changed" AFTER UPDATE ON "Connection" FOR EACH ROW
  WHEN (
    (OLD."status", OLD."roleArnDigest", OLD."externalIdDigest", OLD."nextExternalIdDigest", OLD."nextAccepted")
    IS DISTINCT FROM (NEW."status", NEW."roleArnDigest", NEW."externalIdDigest", NEW."nextExternalIdDigest", NEW."nextAccepted")
  )
  EXECUTE FUNCTION notify_connection_changed();
