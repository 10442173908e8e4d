/** Who can sign in on one machine. Their addresses are under names that never belong to anyone. */
export interface DemoPerson {
  subject: string;
  name: string;
  email: string;
  /** One line under the name on the sign-in page. */
  description: string;
  /** As in the claim that CUSTOMER_CLAIM names. */
  customer?: string[];
  groups: string[];
}

export const demoPeople: readonly DemoPerson[] = [
  {
    subject: "ana-ferreira",
    name: "Ana Ferreira",
    email: "ana@acme.test",
    description: "Acme Robotics, admin",
    customer: ["acme-robotics"],
    groups: [],
  },
  {
    subject: "vera-novak",
    name: "Vera Novak",
    email: "vera@acme.test",
    description: "Acme Robotics, viewer",
    customer: ["acme-robotics:viewer"],
    groups: [],
  },
  {
    subject: "bo-lindqvist",
    name: "Bo Lindqvist",
    email: "bo@borealis.test",
    description: "Borealis Health, admin",
    customer: ["borealis-health"],
    groups: [],
  },
  {
    subject: "kim-adeyemi",
    name: "Kim Adeyemi",
    email: "kim@newcomer.test",
    description: "member of nothing yet, to try an invitation",
    groups: [],
  },
  {
    subject: "sam-okafor",
    name: "Sam Okafor",
    email: "sam.okafor@nimbus.example",
    description: "staff, support",
    groups: ["vendor-support"],
  },
  {
    subject: "sasha-petrov",
    name: "Sasha Petrov",
    email: "sasha.petrov@nimbus.example",
    description: "staff, security",
    groups: ["vendor-security"],
  },
];

/** Who of them is staff, as the portal's environment names them. */
export const demoStaff = {
  STAFF_EMAILS: "sam.okafor@nimbus.example",
  STAFF_SECURITY_EMAILS: "sasha.petrov@nimbus.example",
};
