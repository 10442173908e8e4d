import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requirePublicApi } from "@/app/public-api";
import { LanguageLinks } from "@/components/developers/language-links";
import { Operation, type ShownOperation } from "@/components/developers/operation";
import { PageHeader } from "@/components/layout/page-header";
import { fieldsOf, parameterField } from "@/lib/api-reference/fields";
import { type ApiOperation, operationsByRoom } from "@/lib/api-reference/operations";
import { type Language, languages, sampleOf } from "@/lib/api-reference/samples";
import { env } from "@/lib/env";
import { Frame } from "../frame";
import { anchorOf, openApi, operations, roomPath, roomTitle, samplesIn } from "../reference";

interface RoomPageProps {
  params: Promise<{ room: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: RoomPageProps): Promise<Metadata> {
  const [room] = roomAt((await params).room) ?? notFound();
  return { title: `${roomTitle(room)} · API reference` };
}

/** Everything that the API does with one kind of thing. */
export default async function RoomPage({ params, searchParams }: RoomPageProps) {
  requirePublicApi();
  const [room, ofRoom] = roomAt((await params).room) ?? notFound();
  const { language, query } = samplesIn(await searchParams);
  const choices = Object.entries(languages).map(([name, title]) => ({
    title,
    href: `${roomPath(room)}${samplesIn({ language: name }).query}`,
    isCurrent: name === language,
  }));
  return (
    <Frame room={room} query={query}>
      <PageHeader title={roomTitle(room)} />
      <div className="space-y-6">
        <LanguageLinks languages={choices} />
        {ofRoom.map((operation) => (
          <Operation key={operation.name} operation={shown(operation, language)} language={languages[language]} />
        ))}
      </div>
    </Frame>
  );
}

function roomAt(address: string): [string, ApiOperation[]] | undefined {
  return operationsByRoom(operations).find(([room]) => roomPath(room) === `/developers/${address}`);
}

function shown(operation: ApiOperation, language: Language): ShownOperation {
  const { method, path, summary, scope, ids, query, body, answer, status, answerWords, failures } = operation;
  return {
    ...{ anchor: anchorOf(operation), method, path, summary, scope, status, answerWords, failures },
    parameters: [...ids, ...query].map((parameter) => parameterField(openApi, parameter)),
    body: body ? fieldsOf(openApi, body) : [],
    answer: answer ? fieldsOf(openApi, answer) : [],
    sample: sampleOf(openApi, operation, language, env.BASE_URL),
  };
}
