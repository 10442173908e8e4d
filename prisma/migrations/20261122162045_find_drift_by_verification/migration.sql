-- CreateIndex
CREATE INDEX "Drift_verificationId_idx" ON "Drift"("verificationId");
