import { list, read, text } from "../protocol/input";
import { AwsError, type Operation, type RequestContext } from "../service";
import { type IdentityProvider, ownAccount } from "./state";

const url = text({ minimum: 1, maximum: 255, pattern: /^https:\/\/\S+$/ });
const arn = text({ minimum: 20, maximum: 2048 });
const clientIds = list(text({ minimum: 1, maximum: 255 }), 100);
const thumbprints = list(text({ minimum: 40, maximum: 40 }), 5);

/** What IAM keeps of a provider; a change counts at once, unlike that of a role. */
export const createOpenIdConnectProvider: Operation = (input, context) => {
  const parameters = read(input, { Url: url, ClientIDList: clientIds, ThumbprintList: thumbprints });
  const issuer = parameters.Url.slice("https://".length).replace(/\/$/, "");
  const resource = arnOf(issuer, context);
  context.authorize({ action: "iam:CreateOpenIDConnectProvider", resource });
  const { identityProviders } = ownAccount(context);
  if (Object.hasOwn(identityProviders, issuer)) {
    throw new AwsError("EntityAlreadyExists", `Provider with url ${parameters.Url} already exists.`, 409);
  }
  identityProviders[issuer] = { clientIds: parameters.ClientIDList, createdAt: context.now().toISOString() };
  return { OpenIDConnectProviderArn: resource };
};

export const getOpenIdConnectProvider: Operation = (input, context) => {
  const { issuer, provider } = authorizedProvider("iam:GetOpenIDConnectProvider", input, context);
  return { Url: issuer, ClientIDList: provider.clientIds, CreateDate: new Date(provider.createdAt) };
};

export const deleteOpenIdConnectProvider: Operation = (input, context) => {
  const { issuer } = authorizedProvider("iam:DeleteOpenIDConnectProvider", input, context);
  delete ownAccount(context).identityProviders[issuer];
};

function authorizedProvider(action: string, input: Record<string, unknown>, context: RequestContext) {
  const { OpenIDConnectProviderArn: resource } = read(input, { OpenIDConnectProviderArn: arn });
  context.authorize({ action, resource });
  const issuer = resource.split(":oidc-provider/")[1] ?? "";
  const { identityProviders } = ownAccount(context);
  const provider: IdentityProvider | undefined = Object.hasOwn(identityProviders, issuer)
    ? identityProviders[issuer]
    : undefined;
  if (!provider || resource !== arnOf(issuer, context)) {
    throw new AwsError("NoSuchEntity", `OpenIDConnect Provider not found for arn ${resource}`, 404);
  }
  return { issuer, provider };
}

function arnOf(issuer: string, { partition, accountId }: RequestContext): string {
  return `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
}
