import "server-only";
import { z } from "zod";
import { config } from "@/lib/config";
import { type ReviewedStack, reviewDocument, reviewMarkdown } from "@/lib/crossaccount";
import { AppError } from "@/lib/errors";
import { chosenFeatures } from "./chosen-features";

export interface ReviewFile {
  name: string;
  contentType: string;
  body: string;
}

const query = z.object({ format: z.enum(["md", "json"]), feature: z.array(z.string()) });

/** The permission review with the features that were asked for, as a file. @throws AppError `invalid-input` */
export function reviewFile(asked: URLSearchParams, stack: ReviewedStack = {}): ReviewFile {
  const parsed = query.safeParse({ format: asked.get("format"), feature: asked.getAll("feature") });
  if (!parsed.success) throw new AppError("invalid-input", "Ask for the review as ?format=md or ?format=json.");
  const { format, feature } = parsed.data;
  const document = reviewDocument(config, stack, chosenFeatures(feature));
  const name = `${config.serviceName}-permissions-${document.template_version}.${format}`;
  return format === "md"
    ? { name, contentType: "text/markdown; charset=utf-8", body: reviewMarkdown(document) }
    : { name, contentType: "application/json; charset=utf-8", body: `${JSON.stringify(document, null, 2)}\n` };
}
