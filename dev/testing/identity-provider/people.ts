import type { DirectoryPerson } from "./manners";

/** Who can sign in at the test's provider. Groups are given by whoever knows what that product calls them. */
export function directory(staffGroups: { support?: string; security?: string } = {}): readonly DirectoryPerson[] {
  const groupsOf = (name: string | undefined) => (name === undefined ? [] : [name]);
  return [
    { subject: "sam", name: "Sam Okafor", email: "sam@vendor.example", groups: groupsOf(staffGroups.support) },
    {
      subject: "sasha",
      name: "Sasha Petrov",
      email: "sasha@vendor.example",
      groups: ["Everyone", ...groupsOf(staffGroups.security)],
    },
    { subject: "ana", name: "Ana Ferreira", email: "ana@acme.example", groups: ["Everyone"], customer: "acme" },
    { subject: "kim", name: "Kim Adeyemi", email: "kim@newcomer.example", groups: [] },
  ];
}
