-- CreateTable
CREATE TABLE "ConnectionTally" (
    "id" BIGSERIAL NOT NULL,
    "status" "ConnectionStatus" NOT NULL,
    "amount" INTEGER NOT NULL,

    CONSTRAINT "ConnectionTally_pkey" PRIMARY KEY ("id")
);

-- By the database, whoever writes: earlier versions that still run, and operators by hand. Rows are only added, so that
-- connections that change at the same time never wait for one row.
CREATE FUNCTION tally_connections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "ConnectionTally" ("status", "amount") SELECT "status", count(*) FROM added GROUP BY 1;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "ConnectionTally" ("status", "amount") SELECT "status", -count(*) FROM removed GROUP BY 1;
  ELSE
    INSERT INTO "ConnectionTally" ("status", "amount")
    SELECT "status", sum(amount) FROM (
      SELECT "status", 1 AS amount FROM added UNION ALL SELECT "status", -1 FROM removed) AS changes
    GROUP BY 1 HAVING sum(amount) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER tally_added AFTER INSERT ON "Connection" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_connections();
CREATE TRIGGER tally_removed AFTER DELETE ON "Connection" REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION tally_connections();
CREATE TRIGGER tally_changed AFTER UPDATE ON "Connection" REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tally_connections();

-- Nobody writes to the table until this transaction ends, so nothing is counted twice.
INSERT INTO "ConnectionTally" ("status", "amount") SELECT "status", count(*) FROM "Connection" GROUP BY 1;

CREATE FUNCTION forget_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DELETE FROM %I', TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER tally_forgotten AFTER TRUNCATE ON "Connection"
  FOR EACH STATEMENT EXECUTE FUNCTION forget_tally('ConnectionTally');
