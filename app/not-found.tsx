import type { Metadata } from "next";
import { NothingHere } from "@/components/layout/nothing-here";
import { currentPerson } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const person = await currentPerson();
  return <NothingHere who={person && (person.email ?? person.name)} />;
}
