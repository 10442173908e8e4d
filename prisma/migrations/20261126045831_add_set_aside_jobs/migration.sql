-- CreateTable
CREATE TABLE "SetAsideJob" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "jobId" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "setAsideAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SetAsideJob_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SetAsideJob_setAsideAt_idx" ON "SetAsideJob"("setAsideAt");

-- CreateIndex
CREATE UNIQUE INDEX "SetAsideJob_queue_jobId_key" ON "SetAsideJob"("queue", "jobId");
