const nothingButThese = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    nothingButThese(
      "lib-below-app",
      "lib never imports app or components",
      { path: "^lib" },
      { path: "^(app|components)" },
    ),
    nothingButThese("components-below-app", "components never import app", { path: "^components" }, { path: "^app" }),
    nothingButThese(
      "library-is-framework-free",
      "lib/crossaccount imports no Next, React, Prisma or other lib folder, so that a Lambda can use it alone",
      { path: "^lib/crossaccount" },
      { path: "^(lib/(?!crossaccount)|app|components)|node_modules/(next|react|react-dom|@prisma|prisma|server-only)/" },
    ),
    nothingButThese(
      "library-has-one-face",
      "other code imports lib/crossaccount through its index",
      { path: "^(app|components|script|e2e|lib/(?!crossaccount))", pathNot: "\\.test\\.ts$" },
      { path: "^lib/crossaccount/(?!index\\.ts$|.*(?:schema|state)\\.ts$)" },
    ),
    nothingButThese(
      "components-see-schemas-only",
      "components import only schema.ts and state.ts of a feature, plus types",
      { path: "^components" },
      { path: "^lib/", pathNot: "^lib/([^/]+/)*(schema|state)\\.ts$", dependencyTypesNot: ["type-only"] },
    ),
    nothingButThese(
      "aws-only-in-library",
      "only lib/crossaccount imports the AWS SDK",
      { path: "^(app|components|lib/(?!crossaccount)|script)", pathNot: "\\.test\\.ts$" },
      { path: "node_modules/(@aws-sdk|@aws-crypto|@smithy)/" },
    ),
    nothingButThese(
      "prisma-only-in-db",
      "only lib/db.ts constructs Prisma",
      { path: "^(app|components|lib)", pathNot: "^lib/(db\\.ts|generated)" },
      { path: "node_modules/(@prisma|pg)/", dependencyTypesNot: ["type-only"] },
    ),
    nothingButThese(
      "next-only-at-the-edge",
      "only app, components, lib/auth and lib/action.ts import Next, so that every feature also runs in the worker",
      { path: "^lib", pathNot: "^lib/(auth/|action\\.ts)" },
      { path: "node_modules/(next|next-auth)/" },
    ),
    nothingButThese(
      "sandbox-apart",
      "the sandbox imports nothing of the application",
      { path: "^sandbox" },
      { path: "^(app|components|lib|prisma|script)" },
    ),
    nothingButThese(
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
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
