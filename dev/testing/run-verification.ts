import { runVerification } from "@/lib/verifications/run-verification";

/** A portal process in the middle of a verification: runs one that was started. */
const [verificationId = ""] = process.argv.slice(2);
await runVerification(verificationId);
