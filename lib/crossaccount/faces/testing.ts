/** `crossaccount/testing`: doubles in memory for the tests of code that uses the library. */
export { createMemoryEncryptor } from "../encryptor/memory-encryptor";
export { createMemoryAccessLog, type MemoryAccessLog } from "../storage/memory-access-log";
export { createMemoryStorage, type MemoryStorage } from "../storage/memory-storage";
export type { AccessLog, AccessLogEntry, CredentialStorage, Encryptor, StoredConnection } from "../types";
