import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log";
import { takeFromExportLimit } from "@/lib/rate-limits";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import { writers } from "./export-format";
import { findEntries, type LogScope } from "./find-entries";
import { type AccessLogEntryView, type AccessLogFilter, readFilter, type SearchParameters } from "./schema";
import { viewsForCustomer, viewsForStaff } from "./view";

const rowsAtOnce = 500;

export interface ExportFile {
  name: string;
  contentType: string;
  /** Written as it is read, so that a log of any length fits into memory. */
  body: ReadableStream<Uint8Array>;
}

type View = (rows: readonly AccessLogEntry[]) => Promise<AccessLogEntryView[]>;

/** @throws AppError `not-found`, also for someone else's; `invalid-input`; `rate-limited` */
export async function exportAccessLog(
  access: CustomerAccess,
  connectionId: string,
  parameters: SearchParameters,
): Promise<ExportFile> {
  const { id, customerId, name } = await findOwnConnection(access, connectionId);
  const request = readRequest(parameters);
  await takeFromExportLimit(access.actor);
  return fileOf(name, { customerId, connectionId: id }, request, (rows) => viewsForCustomer(customerId, rows));
}

/** Everyone's entries, or those of one connection. @throws AppError */
export async function exportAccessLogForStaff(
  access: StaffAccess,
  parameters: SearchParameters,
  connectionId?: string,
): Promise<ExportFile> {
  const scope = connectionId === undefined ? {} : { connectionId: connectionIdFrom(connectionId) };
  const request = readRequest(parameters);
  await takeFromExportLimit(access.actor);
  return fileOf(connectionId ?? "all", scope, request, viewsForStaff);
}

interface ExportRequest {
  format: "csv" | "json";
  filter: AccessLogFilter;
}

/** A filter that we do not understand is refused: the file would hold something else than its reader believes. */
function readRequest(parameters: SearchParameters): ExportRequest {
  const format = z.enum(["csv", "json"]).safeParse(parameters.format);
  const { filter, faults } = readFilter(parameters);
  const wrong = format.success ? faults : ["format must be csv or json", ...faults];
  if (!format.success || wrong.length > 0)
    throw new AppError("invalid-input", `This address cannot be exported: ${wrong.join("; ")}.`);
  return { format: format.data, filter };
}

function fileOf(name: string, scope: LogScope, { format, filter }: ExportRequest, view: View): ExportFile {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60);
  return {
    name: `access-log-${slug}.${format}`.replaceAll(/-+(?=[-.])/g, ""),
    contentType: writers[format].contentType,
    body: streamOf(textOf(scope, { format, filter }, view)),
  };
}

async function* textOf(scope: LogScope, { format, filter }: ExportRequest, view: View): AsyncGenerator<string> {
  const { begin, row, end } = writers[format];
  yield begin;
  try {
    let isFirst = true;
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await findEntries(scope, filter, { cursor, take: rowsAtOnce });
      const views = await view(page.rows);
      yield views.map((entry, index) => row(entry, isFirst && index === 0)).join("");
      isFirst &&= views.length === 0;
      cursor = page.nextCursor;
    }
  } catch (error) {
    // The answer has begun: its end is missing then, and the browser says that the download failed.
    log.error({ err: error }, "an export of the access log broke off");
    throw error;
  }
  yield end;
}

/** Reads on only when the reader asks for more, and stops when the reader goes away. */
function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
