import { read } from "@/lib/api/endpoint";
import { ofAnyone } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { permissionReview } from "@/lib/connections/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Reads what the template grants, in plain words and as policies say it.",
    scope: "connections:read",
    answer: shapes.permissions,
    guard: ofAnyone,
    run: () => views.permissions(permissionReview()),
  }),
});
