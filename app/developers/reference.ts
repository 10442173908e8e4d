import document from "@/docs/openapi.json";
import type { OpenApiDocument } from "@/lib/api-reference/document";
import { type ApiOperation, apiOperations } from "@/lib/api-reference/operations";
import { isLanguage, type Language } from "@/lib/api-reference/samples";

export const openApi: OpenApiDocument = document;
export const operations = apiOperations(openApi);

/** `webhookEndpoints` is `webhook-endpoints` in an address. */
const inAddress = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const roomPath = (room: string) => `/developers/${inAddress(room)}`;
export const anchorOf = ({ name }: ApiOperation) => inAddress(name);

/** `Webhook endpoints` */
export function roomTitle(room: string): string {
  const words = inAddress(room).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export interface SamplesIn {
  language: Language;
  /** Of addresses that lead from page to page. */
  query: string;
}

/** In which language an address asks for samples; what is none counts as not asked. */
export function samplesIn({ language }: Record<string, string | string[] | undefined>): SamplesIn {
  return isLanguage(language) && language !== "curl"
    ? { language, query: `?language=${language}` }
    : { language: "curl", query: "" };
}
