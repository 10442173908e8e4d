-- CreateTable
CREATE TABLE "Event" (
    "id" UUID NOT NULL,
    "sequence" BIGINT,
    "type" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "customerId" UUID NOT NULL,
    "connectionId" UUID,
    "data" JSONB NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_sequence_key" ON "Event"("sequence");

-- CreateIndex
CREATE INDEX "Event_customerId_sequence_idx" ON "Event"("customerId", "sequence");

-- CreateIndex
CREATE INDEX "Event_connectionId_sequence_idx" ON "Event"("connectionId", "sequence");

-- CreateIndex
CREATE INDEX "Event_createdAt_idx" ON "Event"("createdAt");

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Numbers events in the order of commits. It runs as the transaction commits, and the lock is held until that is done and seen by all:
-- so whoever sees a number has seen each lower one that there will ever be. Numbers of transactions that fail are left out.
CREATE SEQUENCE "Event_sequence_seq" OWNED BY "Event"."sequence";
CREATE FUNCTION number_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('crossaccount:event-sequence', 0));
  UPDATE "Event" SET "sequence" = nextval('"Event_sequence_seq"') WHERE "id" = NEW."id";
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER event_numbered AFTER INSERT ON "Event" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION number_event();
