-- Earlier versions wrote times in the zone of the session, without saying so: where that was not UTC each was stored off by
-- the zone's distance. From this version on every session is in UTC, so what is stored is put right here, once.
--
-- Nothing is guessed. The identifiers of people and customers hold the true instant at which the row was made (UUID version 7),
-- and the row's createdAt holds it as it was stored: every one of them must agree with the zone. The zone is the one that the
-- database gives to a session that asks for none, which npm run migrate finds out (Prisma's own migrate has such a session), or
-- the operator's word. Of the hour that summer time skips some times stay an hour late; the access log proves its own
-- (npm run verify-access-log -- --mend-times).
DO $$
DECLARE
  word text := nullif(current_setting('crossaccount.times_written_in', true), '');
  zone text := coalesce(word, nullif(current_setting('crossaccount.default_zone', true), ''), current_setting('TimeZone'));
  witnesses int;
  of_zone int;
  of_utc int;
  changed record;
BEGIN
  IF word IS NOT NULL AND lower(word) = 'utc' THEN
    RETURN;
  END IF;

  SELECT count(*),
    count(*) FILTER (WHERE abs(extract(epoch FROM stored - ((made AT TIME ZONE 'UTC') AT TIME ZONE zone))) < 60),
    count(*) FILTER (WHERE abs(extract(epoch FROM stored - made)) < 60)
  INTO witnesses, of_zone, of_utc
  FROM (
    SELECT "createdAt" AS stored, to_timestamp(('x' || left(replace("id"::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AS made
    FROM (SELECT "id", "createdAt" FROM "User" UNION ALL SELECT "id", "createdAt" FROM "Customer") AS row
    WHERE substr("id"::text, 15, 1) = '7'
  ) AS witness;

  IF witnesses = 0 AND word IS NULL THEN
    RETURN;
  END IF;
  IF of_zone < witnesses THEN
    IF word IS NULL AND of_utc = witnesses THEN
      RETURN;
    END IF;
    RAISE EXCEPTION 'Times in this database were not all stored in the time zone % (% of % people and customers were), so they cannot be put right by it.',
      zone, of_zone, witnesses
      USING HINT = 'Name the zone in which the portal wrote: npm run migrate -- --times-written-in ZONE. '
        'With UTC in place of ZONE, all times stay as they are stored.';
  END IF;

  FOR changed IN
    SELECT format('ALTER TABLE %1$I DISABLE TRIGGER USER', table_name) AS before,
      format('UPDATE %I SET %s', table_name, string_agg(
        format('%1$I = (%1$I AT TIME ZONE %2$L) AT TIME ZONE ''UTC''', column_name, zone), ', ')) AS change,
      format('ALTER TABLE %1$I ENABLE TRIGGER USER', table_name) AS after
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone'
      -- Not CallBudget, which is written by the database's own clock.
      AND table_name IN (
        'User', 'Session', 'Customer', 'Membership', 'Invitation', 'Connection', 'ConnectionStatusChange', 'SetupReceipt',
        'Verification', 'CheckResult', 'AuditSchedule', 'AuditRound', 'AuditItem', 'RolePicture', 'Drift', 'Reminder',
        'AccessLogEntry', 'AccessLogHead', 'ActivityLogEntry')
      -- In every zone that is UTC by another name there is nothing to put right.
      AND EXISTS (
        SELECT FROM generate_series(now() - interval '3 years', now() + interval '1 year', interval '7 days') AS day
        WHERE (day AT TIME ZONE zone) <> (day AT TIME ZONE 'UTC'))
    GROUP BY table_name
  LOOP
    EXECUTE changed.before;
    EXECUTE changed.change;
    EXECUTE changed.after;
  END LOOP;
END $$;
