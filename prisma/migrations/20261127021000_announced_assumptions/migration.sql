-- Entries that are not of a request which was made or refused just then. Those of before have none, and were signed without.
ALTER TABLE "AccessLogEntry" ADD COLUMN "source" TEXT;

ALTER TABLE "ApiKey"
  ADD COLUMN "networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "confirmedById" TEXT,
  ADD COLUMN "confirmedAt" TIMESTAMPTZ(3);

-- A key that gives credentials away lives 90 days at most, and is for one customer unless a person of security confirmed it.
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_credentials_bounded" CHECK (
  NOT ('credentials:issue' = ANY ("scopes"))
  OR ("expiresAt" <= "createdAt" + INTERVAL '2160 hours' AND ("customerId" IS NOT NULL OR "confirmedById" IS NOT NULL))
);
