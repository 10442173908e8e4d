import document from "@/docs/openapi.json";

/** What the API takes and answers, for programs that make clients of it. */
export function GET(): Response {
  return Response.json(document);
}
