import { addFault, boundRole, control, createStack, removeStatement } from "./fixtures/aws";
import { launchUrl, linkedRoleArn, linkedRoleName } from "./fixtures/launch-link";
import { expect, freshAccount, giveRole, signIn, startConnection, test } from "./fixtures/portal";

interface Failure {
  /** What happened in AWS. */
  what: string;
  /** A Region of its own where AWS itself misbehaves, so that no other test notices. */
  region?: string;
  happen: (account: string, roleName: string) => Promise<void>;
  heading: string;
  /** The cause that the page gives, and what it says to do. */
  cause: RegExp;
  next: RegExp;
}

const deny = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: undefined as unknown, Action: action, Resource: "*" }],
});

const failures: Failure[] = [
  {
    what: "the Region is not active in the account",
    region: "Europe (London)",
    happen: (accountId) => control("regions", { accountId, disabled: ["eu-west-2"] }),
    heading: "The role cannot be used yet",
    cause: /not active/,
    next: /Enable the Region/,
  },
  {
    what: "a resource control policy keeps outsiders from assuming roles",
    happen: (accountId) => {
      const policy = deny("sts:AssumeRole");
      for (const statement of policy.Statement) statement.Principal = "*";
      return control("organization", { accountId, resourceControlPolicies: [policy] });
    },
    heading: "The role cannot be used yet",
    cause: /resource control policy/,
    next: /organization/,
  },
  {
    what: "a service control policy forbids what the role may do",
    happen: (accountId) => control("organization", { accountId, serviceControlPolicies: [deny("ce:*")] }),
    heading: "The role works, but a check failed",
    cause: /service control policy/,
    next: /organization/,
  },
  {
    what: "a permissions boundary holds the role back",
    happen: boundRole,
    heading: "The role works, but a check failed",
    cause: /boundary/,
    next: /boundary/,
  },
  {
    what: "a permission is missing",
    happen: (account, roleName) => removeStatement(account, roleName, "ReadCosts"),
    heading: "The role works, but a check failed",
    cause: /policies were edited/,
    next: /Let the stack|Add/,
  },
  {
    what: "AWS throttles",
    region: "Europe (Paris)",
    happen: () => addFault({ service: "sts", region: "eu-west-3", kind: "throttle" }),
    heading: "AWS gave no clear answer",
    cause: /limiting/,
    next: /again/i,
  },
  {
    what: "AWS is down",
    region: "Europe (Stockholm)",
    happen: () => addFault({ service: "sts", region: "eu-north-1", kind: "outage" }),
    heading: "AWS gave no clear answer",
    cause: /gave no clear answer/,
    next: /again/i,
  },
];

for (const { what, region, happen, heading, cause, next } of failures) {
  test(`when ${what}, the page says why, how sure that is, and what to do`, async ({ page }) => {
    const account = freshAccount();
    await signIn(page, "Bo Lindqvist");
    await startConnection(page, `Diagnosed ${account}`, region ? { region } : {});
    const address = await launchUrl(page);
    await createStack(account, address);
    await happen(account, linkedRoleName(address));
    await giveRole(page, linkedRoleArn(address, account));

    await expect(page.getByRole("heading", { name: heading })).toBeVisible({ timeout: 60_000 });
    const panel = page.getByRole("status").locator("..");
    await expect(panel).toContainText(/Certain|Likely|Possible/);
    await expect(panel).toContainText(cause);
    await expect(panel).toContainText(next);
    await expect(page.getByRole("button", { name: "Verify again" })).toBeEnabled();
  });
}
