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

/** For what a page can do without: null where it does not exist for this person. */
export async function orNull<T>(wanted: Promise<T>): Promise<T | null> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  }
}
