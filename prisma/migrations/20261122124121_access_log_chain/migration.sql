-- Entries written before this version have no place in a chain, and SQL has no key to give them one. No version that wrote
-- such entries was released; those of a development machine go.
DELETE FROM "AccessLogEntry";

-- AlterTable
ALTER TABLE "AccessLogEntry" ADD COLUMN     "keyId" TEXT NOT NULL,
ADD COLUMN     "mac" TEXT NOT NULL,
ADD COLUMN     "sequence" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "AccessLogHead" (
    "connectionId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "mac" TEXT NOT NULL,
    "prunedThrough" INTEGER NOT NULL DEFAULT 0,
    "prunedMac" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "AccessLogHead_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "AccessLogRegister" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "heads" INTEGER NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "AccessLogRegister_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AccessLogHead_ordinal_key" ON "AccessLogHead"("ordinal");

-- CreateIndex
CREATE INDEX "AccessLogEntry_at_idx" ON "AccessLogEntry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "AccessLogEntry_connectionId_sequence_key" ON "AccessLogEntry"("connectionId", "sequence");


-- What Prisma's schema cannot say: the log is append-only. These triggers stop mistakes, and injected statements of a role that
-- owns nothing; the owner of the tables can switch them off. What the owner did is then seen by the verifier, which has the key.
ALTER TABLE "AccessLogRegister" ADD CONSTRAINT "AccessLogRegister_one_row" CHECK ("id" = 1);

CREATE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The access log is append-only: % of "%" is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = '55000';
END $$;

-- An entry may go once its connection's head says, signed, that it was pruned.
CREATE FUNCTION access_log_entry_was_pruned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."sequence" <= (SELECT "prunedThrough" FROM "AccessLogHead" WHERE "connectionId" = OLD."connectionId") THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The access log is append-only: this entry was not pruned by retention.' USING ERRCODE = '55000';
END $$;

CREATE FUNCTION access_log_head_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."connectionId", NEW."customerId", NEW."ordinal") = (OLD."connectionId", OLD."customerId", OLD."ordinal")
    AND NEW."sequence" >= OLD."sequence"
    AND NEW."prunedThrough" BETWEEN OLD."prunedThrough" AND NEW."sequence"
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The head of an access log only goes forward.' USING ERRCODE = '55000';
END $$;

CREATE FUNCTION access_log_register_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."heads" >= OLD."heads" THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The register of access logs only goes forward.' USING ERRCODE = '55000';
END $$;

CREATE TRIGGER access_log_entry_no_update BEFORE UPDATE ON "AccessLogEntry" FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_entry_delete BEFORE DELETE ON "AccessLogEntry" FOR EACH ROW EXECUTE FUNCTION access_log_entry_was_pruned();
CREATE TRIGGER access_log_entry_no_truncate BEFORE TRUNCATE ON "AccessLogEntry" EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_head_update BEFORE UPDATE ON "AccessLogHead" FOR EACH ROW EXECUTE FUNCTION access_log_head_goes_forward();
CREATE TRIGGER access_log_head_no_delete BEFORE DELETE ON "AccessLogHead" FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_head_no_truncate BEFORE TRUNCATE ON "AccessLogHead" EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_register_update BEFORE UPDATE ON "AccessLogRegister" FOR EACH ROW EXECUTE FUNCTION access_log_register_goes_forward();
CREATE TRIGGER access_log_register_no_delete BEFORE DELETE ON "AccessLogRegister" FOR EACH ROW EXECUTE FUNCTION access_log_refuse();
CREATE TRIGGER access_log_register_no_truncate BEFORE TRUNCATE ON "AccessLogRegister" EXECUTE FUNCTION access_log_refuse();
