import { AwsError } from "../service";

export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

export function notFound(what: "Topic" | "Subscription"): AwsError {
  return new AwsError("NotFound", `${what} does not exist`, 404);
}

export function unsupported(what: string): AwsError {
  return new AwsError("NotImplemented", `The sandbox does not support ${what}.`, 501);
}

/** SNS has its own code for what policies refuse. */
export function forbidden(message: string): AwsError {
  return new AwsError("AuthorizationError", message, 403);
}
