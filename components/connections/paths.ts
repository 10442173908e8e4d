import type { WizardStep } from "@/lib/connections/wizard";

export function connectionsPath(customer: string): string {
  return `/c/${encodeURIComponent(customer)}/connections`;
}

/** What the role may do in every account of the customer, and how its access is ended. */
export function permissionsPath(customer: string): string {
  return `/c/${encodeURIComponent(customer)}/permissions`;
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

/** The review as a file, of a connection, or of what a new one would allow. */
export function reviewFilePath(customer: string, connectionId?: string): string {
  const of = connectionId ? connectionPath(customer, connectionId) : `${connectionsPath(customer)}/new`;
  return `${of}/permission-review`;
}

export function accessLogPath(customer: string, connectionId: string): string {
  return `${connectionPath(customer, connectionId)}/access-log`;
}

/** A receipt as a file: the one that is named, or the latest of setup permissions that are gone. */
export function receiptPath(customer: string, connectionId: string, receiptId?: string): string {
  return `${connectionPath(customer, connectionId)}/receipt${receiptId ? `?id=${encodeURIComponent(receiptId)}` : ""}`;
}

export function historyPath(customer: string, connectionId: string): string {
  return `${connectionPath(customer, connectionId)}/history`;
}

/** Where the external ID is rotated. */
export function rotationPath(customer: string, connectionId: string): string {
  return `${connectionPath(customer, connectionId)}/rotation`;
}

/** What says whether a page about the connection, or about all of the customer's, is still what it shows. */
export function changesPath(customer: string, connectionId?: string): string {
  return `${connectionId ? connectionPath(customer, connectionId) : connectionsPath(customer)}/changes`;
}

export function connectionTabs(customer: string, connectionId: string): { title: string; href: string }[] {
  const overview = connectionPath(customer, connectionId);
  return [
    { title: "Overview", href: overview },
    { title: "Permissions", href: `${overview}/permissions` },
    { title: "Access log", href: accessLogPath(customer, connectionId) },
    { title: "History", href: historyPath(customer, connectionId) },
    { title: "Settings", href: `${overview}/settings` },
  ];
}
