import type { Metadata } from "next";
import { requirePublicApi } from "@/app/public-api";
import { Overview } from "@/components/developers/overview";
import { PageHeader } from "@/components/layout/page-header";
import { TextLink } from "@/components/ui/text-link";
import { scopeMeanings } from "@/lib/api-keys/scopes";
import { guide } from "@/lib/api-reference/guide";
import { operationsByRoom } from "@/lib/api-reference/operations";
import { branding } from "@/lib/branding";
import { env } from "@/lib/env";
import { programErrors } from "@/lib/errors";
import { Frame } from "./frame";
import { anchorOf, operations, roomPath, roomTitle, samplesIn } from "./reference";

export const metadata: Metadata = { title: "API reference" };

interface DevelopersPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** For everyone, as the document that it is made from: nothing here is a customer's. */
export default async function DevelopersPage({ searchParams }: DevelopersPageProps) {
  requirePublicApi();
  const { query } = samplesIn(await searchParams);
  const rooms = operationsByRoom(operations).map(([room, ofRoom]) => ({
    title: roomTitle(room),
    operations: ofRoom.map((operation) => ({
      signature: `${operation.method} ${operation.path}`,
      summary: operation.summary,
      href: `${roomPath(room)}${query}#${anchorOf(operation)}`,
    })),
  }));
  return (
    <Frame room={null} query={query}>
      <PageHeader
        title="API reference"
        description={
          <>
            For {branding.productName}’s own services: what the REST API below{" "}
            <code className="font-mono">{env.BASE_URL}/api/v1</code> takes and answers, made from its{" "}
            <TextLink href="/api/openapi.json" prefetch={false}>
              OpenAPI document
            </TextLink>
            .
          </>
        }
      />
      <Overview parts={guide(env.BASE_URL)} rooms={rooms} scopes={scopeMeanings()} problems={programErrors()} />
    </Frame>
  );
}
