/**
 * Each level of the house as a table: a room, and the rooms of the same level that it may import, all of them below it. The rest of
 * the level is refused, types included; test files may reach up for what they test with.
 */
const projectRooms = {
  script: ["dev", "prisma", "app", "components", "lib", "sandbox"],
  bench: ["dev", "prisma", "lib", "sandbox"],
  e2e: ["dev", "prisma", "app", "lib", "sandbox"],
  "dev/testing": ["dev/local", "prisma", "lib", "sandbox"],
  "dev/local": ["prisma", "lib"],
  prisma: ["lib"],
  app: ["components", "lib"],
  components: ["lib"],
  lib: [],
  sandbox: [],
};

const features = {
  worker: ["api", "links", "connections", "audits", "verifications", "jobs", "crossaccount-client"].concat([
    "access-log",
    "events",
  ]),
  api: ["links", "connections", "assumptions", "verifications", "people", "crossaccount-client", "receipts"].concat([
    "access-log",
    "api-keys",
    "events",
    "tenancy",
  ]),
  assumptions: ["crossaccount-client", "access-log", "tenancy"],
  links: ["connections", "verifications", "crossaccount-client", "connection-status", "events"].concat([
    "activity-log",
    "tenancy",
  ]),
  connections: ["verifications", "crossaccount-client", "connection-status", "receipts"].concat([
    "access-log",
    "events",
    "activity-log",
    "tenancy",
  ]),
  audits: ["verifications", "drift", "crossaccount-client", "connection-status"].concat([
    "access-log",
    "activity-log",
    "tenancy",
    "jobs",
  ]),
  verifications: ["drift", "crossaccount-client", "connection-status", "receipts"].concat([
    "access-log",
    "activity-log",
    "tenancy",
  ]),
  drift: ["crossaccount-client", "events"],
  "crossaccount-client": ["access-log", "connection-status"],
  "connection-status": ["receipts", "activity-log", "events"],
  receipts: [],
  people: ["activity-log", "events", "tenancy"],
  "api-keys": ["activity-log", "tenancy"],
  auth: ["events", "tenancy"],
  "access-log": ["tenancy"],
  events: ["tenancy"],
  tenancy: [],
  "activity-log": [],
  "api-reference": [],
  jobs: ["tenancy"],
};

const ground = ["types", "status", "verdict", "errors", "random", "external-id", "required-input"];
const libraryRooms = {
  testing: [
    ...[
      "client",
      "sessions",
      "verification",
      "checks",
      "remedies",
      "template",
      "launch",
      "diagnosis",
      "config",
      "grants",
    ],
    ...["storage", "aws", "encryptor", "policy", ...ground],
  ],
  faces: ["sessions", "portal", "webhooks", "template", "config", "grants", "storage", "encryptor", "aws", ...ground],
  client: [
    ...[
      "sessions",
      "verification",
      "checks",
      "remedies",
      "template",
      "launch",
      "config",
      "storage",
      "aws",
      "encryptor",
    ],
    ...ground,
  ],
  sessions: ["storage", "aws", ...ground],
  verification: ["checks", "remedies", "template", "launch", "diagnosis", "config", "aws", "policy", ...ground],
  remedies: ["template", "launch", "diagnosis", "config", "aws", ...ground],
  checks: ["template", "launch", "diagnosis", "config", "grants", "aws", "policy", ...ground],
  template: ["config", "grants", "aws", "policy", "actions", ...ground],
  launch: ["config", "aws", "policy", ...ground],
  config: ["grants", "aws", "policy", "actions", ...ground],
  grants: ["aws", "policy", ...ground],
  diagnosis: ["aws", ...ground],
  storage: ["aws", ...ground],
  aws: ground,
  encryptor: ["aws", ...ground],
  portal: ["aws", "storage", ...ground],
  webhooks: ground,
  policy: ["actions"],
  actions: [],
};

const sandboxRooms = {
  testing: ["iam", "sns", "protocol", "policy", "service", "store"],
  control: ["console", "dispatch", "faults", "organization", "regions", "web-identity", "protocol", "service"],
  console: ["cloudformation", "protocol", "regions", "service"],
  dispatch: ["cloudformation", "faults", "s3", "authorization", "iam", "protocol", "regions", "service", "store"],
  faults: ["s3", "authorization", "protocol", "service", "store"],
  organizations: ["cloudformation", "organization", "service", "store"],
  cloudformation: ["sns", "authorization", "iam", "organization", "policy", "protocol", "regions", "service", "store"],
  s3: ["iam", "policy", "protocol", "regions", "service"],
  kms: ["iam", "policy", "service"],
  sns: ["iam", "policy", "protocol", "service", "store"],
  sts: ["authorization", "iam", "policy", "web-identity", "protocol", "regions", "service", "store"],
  authorization: ["iam", "organization", "policy", "service", "store"],
  iam: ["organization", "policy", "protocol", "regions", "service", "store"],
  organization: ["policy", "service", "store"],
  protocol: ["service"],
  policy: ["service"],
  regions: ["store"],
  "web-identity": ["service", "store"],
  service: ["store"],
  store: [],
};

const tests = "\\.test\\.tsx?$";
const anyOf = (names) => `(${names.join("|")})`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** One rule for each room of a level: of the level, it imports itself, the rooms named beside it, and what is `open` to all. */
function layers(level, rooms, open = []) {
  const root = level === "" ? "" : `${level}/`;
  return Object.entries(rooms).map(([room, below]) => {
    const named = [room, ...below].map((name) => `${name}(/|\\.ts$)`);
    return rule(
      `rooms:${root}${room}`,
      `of ${level || "the project"}, ${room} imports ${below.join(", ") || "no other room"}`,
      { path: `^${root}${room}/`, pathNot: tests },
      {
        path: `^${root}${level === "" ? `${anyOf(Object.keys(rooms))}/` : ""}`,
        pathNot: [`^${root}${anyOf(named)}`, ...open],
      },
    );
  });
}

const libraryFaces = "^lib/crossaccount/(index|status|verdict|faces/[^/]+)\\.ts$";

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },

    ...layers("", projectRooms),
    ...layers("lib", features, ["^lib/[^/]+\\.ts$", "^lib/generated/", libraryFaces, "^lib/auth/guards\\.ts$"]),
    ...layers("lib/crossaccount", libraryRooms),
    ...layers("sandbox", sandboxRooms),

    rule(
      "files-of-lib-below-features",
      "the files of lib are used everywhere, so they import no feature; config and errors of the library alone",
      { path: "^lib/[^/]+\\.ts$", pathNot: tests },
      { path: "^lib/[^/]+/", pathNot: ["^lib/generated/", libraryFaces] },
    ),
    rule(
      "ground-of-the-library",
      "what every room of the library stands on imports no room",
      { path: `^lib/crossaccount/${anyOf(ground)}\\.ts$` },
      { path: "^lib/crossaccount/[^/]+/" },
    ),
    rule(
      "faces-import-no-tests",
      "what tests share stays out of the product",
      { path: "^(app|components|lib|prisma|script)/", pathNot: [tests, "^lib/crossaccount/testing/"] },
      { path: "/testing/" },
    ),
    rule(
      "nobody-imports-commands",
      "script has one file per command, and nothing that others import",
      { path: "^(?!script/)" },
      { path: "^script/" },
    ),
    rule(
      "local-services-see-few-features",
      "dev/local knows the library's face and the environment; the access log's keys are read in one file",
      { path: "^dev/local/", pathNot: [tests, "^dev/local/access-log-access\\.ts$"] },
      { path: "^lib/[^/]+/", pathNot: libraryFaces },
    ),
    rule(
      "library-is-framework-free",
      "lib/crossaccount imports no Next, React, Prisma or other lib folder, so that a Lambda can use it alone",
      { path: "^lib/crossaccount/" },
      {
        path: [
          "^(lib/(?!crossaccount/)|app/|components/)",
          "node_modules/(next|react|react-dom|@prisma|prisma|server-only)/",
        ],
      },
    ),
    rule(
      "library-has-few-faces",
      "other code imports the library through index.ts, or status.ts and verdict.ts where a browser reads them",
      // The command that makes the library's table of actions compares it with the one that is there.
      {
        path: "^(app|components|script|e2e|dev/local|prisma|lib/(?!crossaccount/))",
        pathNot: [tests, "^script/iam-data\\.ts$"],
      },
      { path: "^lib/crossaccount/", pathNot: libraryFaces },
    ),
    rule(
      "components-see-shapes-only",
      // Actions and the library's index for their types only: a value import breaks the build (server-only, node:crypto).
      "components import schemas, states and statuses, and types of actions and of the library",
      { path: "^components/" },
      {
        path: "^lib/",
        pathNot: [
          "^lib/[^/]+/(schema|kinds|state|wizard|actions)\\.ts$",
          "^lib/[^/]+/[a-z]+-schema\\.ts$",
          "^lib/action\\.ts$",
          libraryFaces,
        ],
      },
    ),
    rule(
      "guards-in-actions",
      "a feature asks who may do something in its actions.ts, and nowhere else",
      { path: "^lib/[^/]+/", pathNot: [tests, "^lib/auth/", "/actions\\.ts$", "/actions\\.access\\.ts$"] },
      { path: "^lib/(action\\.ts$|auth/guards\\.ts$)" },
    ),
    rule(
      "next-only-at-the-edge",
      "only app, components, lib/auth and lib/action.ts import Next, so that every feature also runs in the worker",
      { path: "^lib/", pathNot: "^lib/(auth/|action(\\.test)?\\.ts$)" },
      { path: "node_modules/(next|next-auth)/" },
    ),
    rule(
      "aws-only-in-library",
      "only lib/crossaccount imports the AWS SDK",
      { path: "^(app|components|lib/(?!crossaccount/))", pathNot: tests },
      { path: "node_modules/(@aws-sdk|@aws-crypto|@smithy)/" },
    ),
    rule(
      "sandbox-apart",
      "the sandbox imports nothing of the application",
      { path: "^sandbox/" },
      { path: "^(app|components|lib|prisma|script|dev)/" },
    ),
    rule(
      "nothing-imports-the-sandbox",
      "the application knows the sandbox by its address only; tests may start one, and documents say what it has",
      {
        path: "^(app|components|lib|prisma|script|dev/local)/",
        pathNot: [tests, "^lib/crossaccount/testing/", "^script/documents/"],
      },
      { path: "^sandbox/" },
    ),
    rule(
      "prisma-only-in-db",
      "only lib/db.ts constructs Prisma",
      { path: "^(app|components|lib)/", pathNot: "^lib/(db|postgres)\\.ts$|^lib/generated/" },
      { path: "node_modules/(@prisma|pg)/" },
    ),
    rule(
      "sessions-in-utc",
      "only lib/postgres.ts makes connections, so that every session is in UTC; pg-boss takes its client",
      // The others read a catalogue, which holds no times, and do in a test what earlier versions did.
      {
        pathNot: [
          "^(lib/postgres|dev/testing/earlier-version|prisma/catalog-adapter)\\.ts$",
          "^(lib/generated|node_modules)/",
        ],
      },
      { path: "node_modules/(pg|@prisma/adapter-pg)/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|lib/generated)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
