-- Until now an e-mail could count as verified though the answer that it came in did not say so, and what a sign-in found stays
-- until the next one. So everybody signs in again.
UPDATE "User" SET "emailVerified" = false WHERE "emailVerified";
DELETE FROM "Session";
