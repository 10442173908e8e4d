import type { ReactNode } from "react";
import { ReferenceFrame } from "@/components/developers/reference-frame";
import { operationsByRoom } from "@/lib/api-reference/operations";
import { branding } from "@/lib/branding";
import { anchorOf, operations, roomPath, roomTitle } from "./reference";

interface FrameProps {
  /** The room whose page is open; null for the overview. */
  room: string | null;
  /** With each link goes the language of the samples. */
  query: string;
  children: ReactNode;
}

/** A page of the reference with its contents beside it. */
export function Frame({ room, query, children }: FrameProps) {
  const rooms = operationsByRoom(operations).map(([name, ofRoom]) => ({
    title: roomTitle(name),
    href: `${roomPath(name)}${query}`,
    isCurrent: name === room,
    parts: name === room ? ofRoom.map((operation) => ({ title: operation.name, href: `#${anchorOf(operation)}` })) : [],
  }));
  const overview = { title: "Overview", href: `/developers${query}`, isCurrent: room === null, parts: [] };
  return (
    <ReferenceFrame branding={branding} contents={[overview, ...rooms]}>
      {children}
    </ReferenceFrame>
  );
}
