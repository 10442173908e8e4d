import { read, remove, write } from "@/lib/api/endpoint";
import { ofCustomer } from "@/lib/api/guards";
import { route } from "@/lib/api/route";
import * as shapes from "@/lib/api/shapes";
import * as views from "@/lib/api/views";
import { databaseTime } from "@/lib/database-time";
import { invitationUrl, invitePerson } from "@/lib/people/invite-person";
import { getInvitation, listMembers } from "@/lib/people/queries";
import { removeMember } from "@/lib/people/remove-member";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: read({
    summary: "Lists the people of a customer.",
    scope: "customers:read",
    params: shapes.customerPath,
    answer: shapes.members,
    guard: ofCustomer,
    run: async (_input, access) => ({
      data: (await listMembers(access)).map(({ userId, name, email, role, since }) => ({
        ...{ user_id: userId, name, email, role, since: since.toISOString() },
      })),
    }),
  }),
  POST: write({
    summary: "Invites a person, who is a member once they accepted with a verified e-mail address.",
    scope: "customers:write",
    params: shapes.customerPath,
    body: shapes.wantedMember,
    status: 201,
    answer: shapes.newMember,
    guard: ofCustomer,
    run: async ({ body }, access) => {
      const { invitationId, token } = await invitePerson(access, body, databaseTime());
      return { id: invitationId, url: invitationUrl(token) };
    },
    show: async (made, _input, access) => ({
      ...views.invitation(await getInvitation(access, made.id)),
      ...("url" in made && { url: made.url }),
    }),
  }),
  DELETE: remove({
    summary: "Takes a person out of a customer's team, from their next request on.",
    scope: "customers:write",
    params: shapes.customerPath,
    query: shapes.memberQuery,
    guard: ofCustomer,
    id: ({ query: { user_id } }) => user_id,
    run: ({ query: { user_id } }, access) => removeMember(access, user_id),
  }),
});
