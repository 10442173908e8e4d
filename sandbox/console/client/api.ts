export interface TemplateParameter {
  ParameterKey: string;
  DefaultValue?: string;
  ParameterType: string;
  NoEcho: boolean;
  Description?: string;
  ParameterConstraints: { AllowedValues?: string[] };
}

export interface TemplateSummary {
  Description?: string;
  Parameters: TemplateParameter[];
  Capabilities: string[];
  /** JSON text. */
  Metadata?: string;
}

export interface Stack {
  StackId: string;
  StackName: string;
  StackStatus: string;
  StackStatusReason?: string;
  Description?: string;
  CreationTime: string;
  Parameters: { ParameterKey: string; ParameterValue: string }[];
  Outputs: { OutputKey: string; OutputValue: string; Description?: string }[];
}

export interface StackEvent {
  EventId: string;
  Timestamp: string;
  LogicalResourceId: string;
  ResourceType: string;
  ResourceStatus: string;
  ResourceStatusReason?: string;
}

export interface StackDetail {
  stack: Stack;
  events: StackEvent[];
  template: string;
}

export interface Place {
  account: string;
  region: string;
}

/** Reads from the sandbox; an AWS error is thrown with its own text. */
export async function read<T>(path: string, query: Record<string, string>): Promise<T> {
  return answer<T>(await fetch(`/console/api/${path}?${new URLSearchParams(query)}`));
}

export async function send<T>(path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  return answer<T>(await fetch(`/console/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answer<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(body.message ?? `The sandbox answered ${response.status}`);
  return body;
}
