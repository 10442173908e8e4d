import type { WizardStep } from "@/lib/connections/wizard";

export function connectionsPath(customer: string): string {
  return `/c/${encodeURIComponent(customer)}/connections`;
}

export function connectionPath(customer: string, connectionId: string): string {
  return `${connectionsPath(customer)}/${encodeURIComponent(connectionId)}`;
}

export function setupPath(customer: string, connectionId: string, step?: WizardStep): string {
  return `${connectionPath(customer, connectionId)}/setup${step ? `/${step}` : ""}`;
}

export function verificationPath(customer: string, connectionId: string, verificationId: string): string {
  return `${connectionPath(customer, connectionId)}/verification?run=${encodeURIComponent(verificationId)}`;
}

export function accessLogPath(customer: string, connectionId: string): string {
  return `${connectionPath(customer, connectionId)}/access-log`;
}

export function historyPath(customer: string, connectionId: string): string {
  return `${connectionPath(customer, connectionId)}/history`;
}
