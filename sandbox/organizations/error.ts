import { AwsError } from "../service";

export function notInUse(): AwsError {
  return new AwsError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
}

export function notAllowed(): AwsError {
  return new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");
}

export function absent(what: "Parent" | "Account" | "Handshake" | "SourceParent" | "DestinationParent"): AwsError {
  return new AwsError(`${what}NotFoundException`, `You specified a ${what.toLowerCase()} that doesn't exist.`);
}

export function invalid(message: string): AwsError {
  return new AwsError("InvalidInputException", message);
}
