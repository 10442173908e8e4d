import { read, write } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { databaseTime } from "@/lib/database-time";
import { createLink } from "@/lib/links/create-link";
import { getLink, listLinks } from "@/lib/links/queries";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists a connection's links, newest first, without what opens them.",
    scope: "links:write",
    params: shapes.connectionPath,
    answer: shapes.links,
    guard: ofConnection,
    run: async ({ params: { id } }, access) => ({ data: (await listLinks(access, id)).map(views.link) }),
  }),
  POST: write({
    summary: "Makes a link by which someone without a login sets up or repairs a connection.",
    scope: "links:write",
    params: shapes.connectionPath,
    body: shapes.wantedLink,
    status: 201,
    answer: shapes.newLink,
    guard: ofConnection,
    run: async ({ params: { id: connectionId }, body: { purpose } }, access) => {
      const { linkId, url } = await createLink(access, { connectionId, purpose }, databaseTime());
      return { id: linkId, url };
    },
    show: async (made, { params: { id: connectionId } }, access) => ({
      ...views.link(await getLink(access, { connectionId, linkId: made.id })),
      ...("url" in made && { url: made.url }),
    }),
  }),
});
