import { expect, test } from "vitest";
import * as pause from "@/app/api/v1/connections/[id]/pause/route";
import * as resume from "@/app/api/v1/connections/[id]/resume/route";
import { newApiKey } from "@/dev/testing/api-keys";
import { member, reload, staffMember } from "@/dev/testing/fixtures";
import { verifiedConnection } from "@/dev/testing/writers/writer";
import {
  pauseConnection,
  pauseConnectionForStaff,
  resumeConnection,
  resumeConnectionForStaff,
} from "@/lib/connections/pause-connection";
import { db } from "@/lib/db";
import type { Handler } from "./endpoint";

async function scene() {
  const owner = await member();
  const { id } = await verifiedConnection(owner);
  const [vendors, customers] = [await newApiKey(), await newApiKey({ customer: owner.customer.reference })];
  const send = async (handler: Handler, { key }: { key: string }, status = 200) => {
    const headers = { authorization: `Bearer ${key}` };
    const request = new Request("http://localhost:3000/api/v1/", { method: "POST", headers });
    const response = await handler(request, { params: Promise.resolve({ id }) });
    expect(response.status).toBe(status);
    return (await response.json()).status;
  };
  const holds = async () => {
    const { heldByCustomerAt, heldByStaffAt, customerHoldById, staffHoldById } = await reload({ id });
    return {
      customer: heldByCustomerAt && customerHoldById,
      vendor: heldByStaffAt && staffHoldById,
    };
  };
  return { id, owner, vendors, customers, send, holds };
}

test("what a key of the whole portal pauses is the vendor's hold: a customer's key and a customer's admin do not lift it", async () => {
  const { id, owner, vendors, customers, send, holds } = await scene();
  expect(await send(pause.POST, vendors)).toBe("paused");
  expect(await holds()).toEqual({ customer: null, vendor: vendors.id });
  expect(await send(resume.POST, customers)).toBe("paused");
  await resumeConnection(owner, id, new Date());
  expect(await holds()).toEqual({ customer: null, vendor: vendors.id });
  expect(await send(resume.POST, vendors)).toBe("setup");
});

test("what a customer's key pauses is the customer's hold: a key of the whole portal and staff do not lift it", async () => {
  const { id, vendors, customers, send, holds } = await scene();
  expect(await send(pause.POST, customers)).toBe("paused");
  expect(await holds()).toEqual({ customer: customers.id, vendor: null });
  expect(await send(resume.POST, vendors)).toBe("paused");
  await resumeConnectionForStaff(await staffMember(), id, new Date());
  expect(await holds()).toEqual({ customer: customers.id, vendor: null });
  expect(await send(resume.POST, customers)).toBe("setup");
});

test("both hold beside each other, and each lifts its own", async () => {
  const { vendors, customers, send, holds } = await scene();
  for (const key of [vendors, customers]) await send(pause.POST, key);
  expect(await holds()).toEqual({ customer: customers.id, vendor: vendors.id });
  expect(await send(resume.POST, vendors)).toBe("paused");
  expect(await holds()).toEqual({ customer: customers.id, vendor: null });
  expect(await send(resume.POST, customers)).toBe("setup");
});

test("what a person paused no key resumes, whosever it is; what a key paused a person does", async () => {
  const { id, owner, vendors, customers, send, holds } = await scene();
  const staff = await staffMember();
  await pauseConnection(owner, id, new Date());
  await pauseConnectionForStaff(staff, id, new Date());
  const before = await holds();
  for (const key of [vendors, customers]) await send(resume.POST, key, 409);
  expect(await holds()).toEqual(before);

  await resumeConnection(owner, id, new Date());
  await resumeConnectionForStaff(staff, id, new Date());
  for (const key of [vendors, customers]) await send(pause.POST, key);
  await resumeConnection(owner, id, new Date());
  await resumeConnectionForStaff(staff, id, new Date());
  expect(await holds()).toEqual({ customer: null, vendor: null });
  const history = await db.connectionStatusChange.findMany({ where: { connectionId: id }, orderBy: { at: "asc" } });
  expect(history.map(({ cause }) => cause)).toEqual(
    expect.arrayContaining(["Paused by an API key of the vendor.", "Paused by an API key for the customer."]),
  );
});
