import { AwsError, type RequestContext } from "../../service";

export type IamCall = <T = unknown>(operation: string, input: Record<string, unknown>) => Promise<T>;

/** Calls IAM as the stack's creator; a refusal is worded as CloudFormation words it in its events. */
export function iamCall(request: RequestContext): IamCall {
  return async <T>(operation: string, input: Record<string, unknown>) => {
    try {
      return await request.call<T>("iam", operation, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(error.code, reason(operation, error, request.requestId), error.status);
    }
  };
}

/** For removing what may be gone already. */
export async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AwsError && isGone(error))) throw error;
  }
}

/** What is read; undefined when it is not there. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AwsError && isGone(error)) return undefined;
    throw error;
  }
}

function isGone({ code }: AwsError): boolean {
  return code === "NoSuchEntity" || code === "NoSuchEntityException" || code === "NoSuchBucket" || code === "NotFound";
}

function reason(operation: string, { code, message, status }: AwsError, requestId: string): string {
  if (/^AccessDenied(Exception)?$/.test(code)) return `API: iam:${operation} ${message}`;
  return `${message} (Service: AmazonIdentityManagement; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;
}
