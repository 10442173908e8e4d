import { redirect } from "next/navigation";
import { connectionPath, setupPath } from "@/components/connections/paths";
import { openStep, type StepParams } from "./open-step";

/** Goes on where the wizard stopped, on whichever device. */
export default async function SetupPage({ params }: { params: StepParams }) {
  const { connection } = await openStep(params);
  const { customer, id, nextStep } = connection;
  redirect(nextStep ? setupPath(customer, id, nextStep) : connectionPath(customer, id));
}
