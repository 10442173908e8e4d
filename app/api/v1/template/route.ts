import { read } from "@/lib/api/endpoint";
import { ofAnyone } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { config } from "@/lib/config";
import { renderTemplate } from "@/lib/crossaccount";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads the CloudFormation template that customers launch.",
    scope: "connections:read",
    answer: shapes.template,
    guard: ofAnyone,
    run: () => JSON.parse(renderTemplate(config)),
  }),
});
