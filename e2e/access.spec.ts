import { mayOpen } from "@/app/access";
import type { Audience } from "@/lib/audience";
import { addressParameters, pathOf } from "./access/addresses";
import { builtActions, builtAddresses } from "./access/built";
import { type Answer, alsoAnswered, type Caller, callerNames, expectedAnswer } from "./access/callers";
import { inputOf } from "./access/inputs";
import { openAddress, openWithoutLayouts } from "./access/open-address";
import { postAction } from "./access/post-action";
import { audienceOf } from "./access/statements";
import { everythingStored, settle, storedOfCustomer, withoutCounts } from "./access/stored";
import { createWorld, privateTexts, signIn, type World } from "./access/world";
import { expect, test } from "./fixtures/portal";

/*
 * Everybody tries every page, route and server action of the build over HTTP. What each must get is stated beside it, in
 * app/access.ts and lib/<feature>/actions.access.ts; CONTRIBUTING.md says how to add one.
 */
const actions = builtActions();
const addresses = builtAddresses();
let world: World;
let parameters: Record<string, string>;

test.beforeAll(async () => {
  world = await createWorld();
  parameters = await addressParameters(world);
});
test.afterAll(() => world.database.end());

/** Everybody, each in a new session, with what they must get. */
async function callersOf(audience: Audience) {
  const all: { caller: Caller; expected: Answer }[] = [];
  for (const name of callerNames)
    all.push({ caller: await signIn(world, name), expected: expectedAnswer(audience, name) });
  return {
    allowed: all.filter(({ expected }) => expected === "allowed"),
    refused: all.filter(({ expected }) => expected !== "allowed"),
  };
}

test("every page, route and action of the build says whom it is for, and nothing else does", async () => {
  expect(addresses.length).toBeGreaterThan(20);
  expect(Object.keys(mayOpen).sort()).toEqual(addresses.map(({ route }) => route).sort());
  expect(actions.length).toBeGreaterThan(10);
  for (const action of actions) expect(await audienceOf(action), action.name).toBeDefined();
});

for (const address of addresses) {
  const { route, kind } = address;
  test(`${kind} ${route} opens for whom it is for, and a visit changes nothing`, async () => {
    const { allowed, refused } = await callersOf(mayOpen[route] ?? "anyone");
    const path = pathOf(route, parameters);
    const visit = async (caller: Caller) => [
      await openAddress(path, caller),
      ...(kind === "page" ? [await openWithoutLayouts(address, path, parameters, caller)] : []),
    ];
    const otherMethods = kind === "page" ? ["HEAD", "POST"] : ["HEAD", "POST", "PUT", "PATCH", "DELETE"];
    const before = await everythingStored(world);

    for (const { caller, expected } of refused) {
      const others = otherMethods.map((method) => openAddress(path, caller, method));
      for (const { way, verdict, body } of [...(await visit(caller)), ...(await Promise.all(others))]) {
        const refusals: string[] = [expected, ...alsoAnswered(route, caller)];
        if (kind === "route" && !/GET|HEAD/.test(way)) refusals.push("status 405");
        expect(refusals, `${way} by ${caller.name}`).toContain(verdict);
        if (caller.name === "viewer") continue;
        for (const text of privateTexts(world)) expect(body, `${way} by ${caller.name}`).not.toContain(text);
      }
    }
    expect(await everythingStored(world), "what refused visits changed").toEqual(before);

    expect(allowed.length > 0).toBe(mayOpen[route] !== "key-holders");
    for (const { caller } of allowed)
      for (const { way, verdict } of await visit(caller)) expect(verdict, `${way} by ${caller.name}`).toBe("allowed");
    expect(withoutCounts(await everythingStored(world)), "what visits changed").toEqual(withoutCounts(before));
  });
}

for (const action of actions) {
  const { file, name, pages } = action;
  test(`${name} of ${file} refuses whom it is not for, changes nothing for them, and works for the others`, async () => {
    await settle(world);
    const { allowed, refused } = await callersOf(await audienceOf(action));
    // An action answers at the address of every page, whoever may open that.
    const paths = ["/sign-in", ...pages.slice(0, 1).map((page) => pathOf(page, parameters))];

    const toBadInput = new Set<string>();
    for (const { caller, expected } of refused) {
      const input = await inputOf(action, world, caller);
      const before = await everythingStored(world);
      const bad = await postAction(action, { path: "/sign-in", caller, input: { ...input, unexpected: "field" } });
      expect(bad.verdict, `by ${caller.name}`).toBe("invalid-input");
      toBadInput.add(bad.body);
      for (const path of paths) {
        const { verdict, body } = await postAction(action, { path, caller, input });
        expect(verdict, `by ${caller.name} to ${path}`).toBe(expected);
        if (expected === "not-allowed") continue;
        for (const text of privateTexts(world)) expect(body, `by ${caller.name}`).not.toContain(text);
        if (!input?.customer) continue;
        const nobodys = await postAction(action, { path, caller, input: { ...input, customer: "nobodys" } });
        expect(nobodys.body, `a customer that does not exist, by ${caller.name}`).toBe(body);
      }
      expect(await everythingStored(world), `what a call by ${caller.name} changed`).toEqual(before);
    }
    // The schema is asked before the guard, and knows nobody.
    expect(toBadInput.size).toBeLessThanOrEqual(1);

    expect(allowed).not.toHaveLength(0);
    for (const { caller } of allowed) {
      const input = await inputOf(action, world, caller);
      const before = await everythingStored(world);
      const { verdict, body } = await postAction(action, { path: "/sign-in", caller, input });
      expect(verdict, `by ${caller.name}: ${body}`).toBe("allowed");
      if (!caller.cookie) expect(await everythingStored(world), "what nobody changed").toEqual(before);
    }
  });
}

test("another customer's admin finds nothing of the first customer's under the own address", async () => {
  const caller = await signIn(world, "admin of another customer");
  const own = { ...parameters, customer: world.otherCustomer.reference };
  const below = addresses.filter(({ route }) => /\[customer\].*\[/.test(route));
  expect(below.length).toBeGreaterThan(5);
  for (const { route } of below) {
    const { verdict, body } = await openAddress(pathOf(route, own), caller);
    expect(verdict, route).toBe("not-found");
    for (const text of privateTexts(world)) expect(body, route).not.toContain(text);
  }
});

test("another customer's admin changes nothing of the first customer's in the own name", async () => {
  await settle(world);
  const caller = await signIn(world, "admin of another customer");
  let named = 0;
  for (const action of actions) {
    const input = await inputOf(action, world, caller);
    if (!input?.customer) continue;
    named += 1;
    const before = await storedOfCustomer(world);
    const mixed = { ...input, customer: world.otherCustomer.reference };
    const { body } = await postAction(action, { path: "/sign-in", caller, input: mixed });
    expect(await storedOfCustomer(world), `${action.name}: ${body}`).toEqual(before);
  }
  expect(named).toBeGreaterThan(5);
});
