import { CrossAccountError } from "@/lib/crossaccount";
import { notFound } from "@/lib/errors";

/** Says what the library does not find as the portal does, which tells nobody whether it is someone else's. */
export async function withNotFound<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof CrossAccountError && error.code === "connection-not-found") throw notFound("connection");
    throw error;
  }
}
