-- Every process that keeps sessions of a connection hears, when a transaction commits, that the connection's status, role or
-- external ID is another one, whoever changed it. Digests and not ciphertexts are compared: encrypting anew changes nothing.
CREATE FUNCTION notify_connection_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(
    'connection_changed',
    json_build_object('customerId', OLD."customerId", 'connectionId', OLD."id")::text
  );
  RETURN NULL;
END $$;

CREATE TRIGGER "Connection_changed" AFTER UPDATE ON "Connection" FOR EACH ROW
  WHEN (
    (OLD."status", OLD."roleArnDigest", OLD."externalIdDigest")
    IS DISTINCT FROM (NEW."status", NEW."roleArnDigest", NEW."externalIdDigest")
  )
  EXECUTE FUNCTION notify_connection_changed();

CREATE TRIGGER "Connection_gone" AFTER DELETE ON "Connection" FOR EACH ROW EXECUTE FUNCTION notify_connection_changed();
