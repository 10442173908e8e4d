/** CloudFormation's reason for a stack's status when resources failed; other sentences may follow. */
export function failedTo(verb: "create" | "update" | "delete", logicalIds: string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(", ")}]. `;
}
