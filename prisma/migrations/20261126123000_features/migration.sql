-- Ids of the features that a connection has: as chosen in the wizard, then as the role last said of itself.
ALTER TABLE "Connection" ADD COLUMN "features" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
