import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { parseRoute } from "./client/route";

export const launchRequest = z.strictObject({
  /** A launch link, of AWS's console or of this one. */
  launchUrl: z.string(),
  /** The account that the stack is made in. */
  accountId: z.string().regex(/^\d{12}$/, "must be an AWS account ID: 12 digits"),
});

export type LaunchRequest = z.output<typeof launchRequest>;

export interface LaunchedStack {
  stackId: string;
  /** As CloudFormation names it, such as `CREATE_COMPLETE` or `ROLLBACK_COMPLETE`. */
  status: string;
  statusReason?: string;
  outputs: Record<string, string>;
}

interface DescribedStack {
  StackStatus: string;
  StackStatusReason?: string;
  Outputs?: { OutputKey: string; OutputValue: string }[];
}

/**
 * Does what a person does who opens a launch link and presses Create stack, as the account's administrator.
 * @throws AwsError with what CloudFormation answers
 */
export async function launchStack(
  { launchUrl, accountId }: LaunchRequest,
  contextFor: (accountId: string, region: string) => RequestContext,
): Promise<LaunchedStack> {
  const { region, route } = readLink(launchUrl);
  const context = contextFor(accountId, region);
  const { StackId } = await context.call<{ StackId: string }>("cloudformation", "CreateStack", {
    StackName: route.stackName,
    TemplateURL: route.templateUrl,
    Parameters: [...route.parameters].map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
  });
  const { Stacks } = await context.call<{ Stacks: DescribedStack[] }>("cloudformation", "DescribeStacks", {
    StackName: StackId,
  });
  const [stack] = Stacks;
  return {
    stackId: StackId,
    status: stack?.StackStatus ?? "",
    ...(stack?.StackStatusReason ? { statusReason: stack.StackStatusReason } : {}),
    outputs: Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  };
}

function readLink(launchUrl: string) {
  const url = URL.canParse(launchUrl) ? new URL(launchUrl) : undefined;
  const region = url?.searchParams.get("region");
  const route = parseRoute(url?.hash ?? "");
  if (!region || route.page !== "create") {
    throw new AwsError(
      "ValidationError",
      "This is no launch link: it names no Region, or not the page that creates a stack.",
    );
  }
  return { region, route };
}
