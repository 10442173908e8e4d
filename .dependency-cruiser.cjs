const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    rule("lib-below-app", "lib never imports app or components", { path: "^lib" }, { path: "^(app|components)" }),
    rule("components-below-app", "components never import app", { path: "^components" }, { path: "^app" }),
    rule(
      "library-is-framework-free",
      "lib/crossaccount imports no Next, React, Prisma or other lib folder, so that a Lambda can use it alone",
      { path: "^lib/crossaccount" },
      {
        path: "^(lib/(?!crossaccount)|app|components)|node_modules/(next|react|react-dom|@prisma|prisma|server-only)/",
      },
    ),
    rule(
      "library-has-one-face",
      "other code imports lib/crossaccount through its index",
      { path: "^(app|components|script|e2e|lib/(?!crossaccount))", pathNot: "\\.test\\.ts$" },
      { path: "^lib/crossaccount/", pathNot: "^lib/crossaccount/index\\.ts$" },
    ),
    rule(
      "components-see-schemas-only",
      // These two for their types only: a value import breaks the build (server-only, node:crypto).
      "components import only schema.ts and state.ts of a feature, and types of the action wrapper and the library",
      { path: "^components" },
      { path: "^lib/", pathNot: "/(schema|state)\\.ts$|^lib/action\\.ts$|^lib/crossaccount/index\\.ts$" },
    ),
    rule(
      "aws-only-in-library",
      "only lib/crossaccount imports the AWS SDK",
      { path: "^(app|components|lib/(?!crossaccount|testing))", pathNot: "\\.test\\.ts$" },
      { path: "node_modules/(@aws-sdk|@aws-crypto|@smithy)/" },
    ),
    rule(
      "prisma-only-in-db",
      "only lib/db.ts constructs Prisma",
      { path: "^(app|components|lib)", pathNot: "^lib/(db|postgres)\\.ts$|^lib/(generated|testing)/" },
      { path: "node_modules/(@prisma|pg)/" },
    ),
    rule(
      "sessions-in-utc",
      "only lib/postgres.ts makes connections, so that every session is in UTC; pg-boss takes its client",
      // The others read a catalogue, which holds no times, and do in a test what earlier versions did.
      {
        pathNot:
          "^(lib/(postgres\\.ts|testing/earlier-version\\.ts)$|script/local/catalog-adapter\\.ts$|lib/generated|node_modules)",
      },
      { path: "node_modules/(pg|@prisma/adapter-pg)/" },
    ),
    rule(
      "next-only-at-the-edge",
      "only app, components, lib/auth and lib/action.ts import Next, so that every feature also runs in the worker",
      { path: "^lib", pathNot: "^lib/(auth/|action\\.ts)" },
      { path: "node_modules/(next|next-auth)/" },
    ),
    rule(
      "sandbox-apart",
      "the sandbox imports nothing of the application",
      { path: "^sandbox" },
      { path: "^(app|components|lib|prisma|script)" },
    ),
    rule(
      "nothing-imports-the-sandbox",
      "the application knows the sandbox by its address only; tests may start one",
      { path: "^(app|components|lib|script)", pathNot: "(\\.test\\.ts$|^lib/testing/)" },
      { path: "^sandbox" },
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
