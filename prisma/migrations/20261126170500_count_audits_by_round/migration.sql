-- AlterTable
ALTER TABLE "AuditRound" ADD COLUMN "admittedThrough" UUID;

-- CreateTable
CREATE TABLE "AuditRoundTally" (
    "id" BIGSERIAL NOT NULL,
    "roundId" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,

    CONSTRAINT "AuditRoundTally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditRoundTally_roundId_idx" ON "AuditRoundTally"("roundId");

-- AddForeignKey
ALTER TABLE "AuditRoundTally" ADD CONSTRAINT "AuditRoundTally_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "AuditRound"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What became of an item; null while it is under way.
CREATE FUNCTION end_of_audit_item(state "AuditItemState", outcome TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE state WHEN 'done' THEN outcome WHEN 'skipped' THEN 'skipped' WHEN 'cancelled' THEN 'cancelled' END
$$;

-- By the database, whoever writes, and by rows that are only added, so that audits that end at the same time never wait for one
-- row. A round that is being deleted takes its items along, and is counted no more.
CREATE FUNCTION tally_audit_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "AuditRoundTally" ("roundId", "what", "amount")
    SELECT "roundId", 'planned', count(*) FROM added GROUP BY 1
    UNION ALL
    SELECT "roundId", end_of_audit_item("state", "outcome"), count(*) FROM added
    WHERE end_of_audit_item("state", "outcome") IS NOT NULL GROUP BY 1, 2;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "AuditRoundTally" ("roundId", "what", "amount")
    SELECT "roundId", what, -count(*) FROM (
      SELECT "roundId", 'planned' AS what FROM removed
      UNION ALL SELECT "roundId", end_of_audit_item("state", "outcome") FROM removed) AS gone
    WHERE what IS NOT NULL AND EXISTS (SELECT FROM "AuditRound" round WHERE round."id" = gone."roundId") GROUP BY 1, 2;
  ELSE
    INSERT INTO "AuditRoundTally" ("roundId", "what", "amount")
    SELECT "roundId", what, sum(amount) FROM (
      SELECT "roundId", end_of_audit_item("state", "outcome") AS what, 1 AS amount FROM added
      UNION ALL SELECT "roundId", end_of_audit_item("state", "outcome"), -1 FROM removed) AS changes
    WHERE what IS NOT NULL GROUP BY 1, 2 HAVING sum(amount) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER tally_added AFTER INSERT ON "AuditItem" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_audit_items();
CREATE TRIGGER tally_removed AFTER DELETE ON "AuditItem" REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION tally_audit_items();
CREATE TRIGGER tally_changed AFTER UPDATE ON "AuditItem" REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_audit_items();

-- Audits wait until this transaction ends, so nothing is counted twice.
INSERT INTO "AuditRoundTally" ("roundId", "what", "amount")
SELECT "roundId", 'planned', count(*) FROM "AuditItem" GROUP BY 1
UNION ALL
SELECT "roundId", end_of_audit_item("state", "outcome"), count(*) FROM "AuditItem"
WHERE end_of_audit_item("state", "outcome") IS NOT NULL GROUP BY 1, 2;

CREATE TRIGGER tally_forgotten AFTER TRUNCATE ON "AuditItem"
  FOR EACH STATEMENT EXECUTE FUNCTION forget_tally('AuditRoundTally');
