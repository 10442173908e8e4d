import { remove } from "@/lib/api/endpoint";
import { ofConnection } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import { databaseTime } from "@/lib/database-time";
import { getLink } from "@/lib/links/queries";
import { revokeLink } from "@/lib/links/revoke-link";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: remove({
    summary: "Revokes a link.",
    scope: "links:write",
    params: shapes.linkPath,
    guard: ofConnection,
    id: ({ params: { link } }) => link,
    run: async ({ params: { id: connectionId, link: linkId } }, access) => {
      const link = await getLink(access, { connectionId, linkId });
      await revokeLink(access, link.id, databaseTime());
    },
  }),
});
