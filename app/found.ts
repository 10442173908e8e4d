import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** For pages: what does not exist for this person is the page for what does not exist. */
export async function found<T>(wanted: Promise<T>): Promise<T> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
