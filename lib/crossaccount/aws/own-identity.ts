import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { MiddlewareStack } from "@smithy/types";
import { classifyError } from "./classify-error";

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An SDK client, as far as its own identity goes. */
interface Client<Input extends object, Output extends object> {
  config: { credentials: (options?: { forceRefresh?: boolean }) => Promise<Identity> };
  middlewareStack: Pick<MiddlewareStack<Input, Output>, "add">;
}

/** The SDK's own chain, reading the profile's files each time that it looks: left to itself, it keeps what it read first for ever. */
export const ownCredentials = () => defaultProvider({ ignoreCache: true });

/**
 * Where AWS does not accept our identity, looks for it once more, and sends the request again if there is another one by now. A file that an agent
 * rewrites, or a process that prints credentials, need not say when a session ends, so the SDK itself would use the old one for ever.
 */
export function renewIdentity<Input extends object, Output extends object, C extends Client<Input, Output>>(
  client: C & Client<Input, Output>,
): C {
  client.middlewareStack.add(
    (next) => async (request) => {
      const used = await client.config.credentials();
      try {
        return await next(request);
      } catch (error) {
        if (classifyError(error).kind !== "own-identity" || !(await isReplaced(used, client))) throw error;
        return await next(request);
      }
    },
    { step: "initialize", name: "renewIdentity" },
  );
  return client;
}

async function isReplaced(used: Identity, { config }: Pick<Client<object, object>, "config">): Promise<boolean> {
  const found = await config.credentials({ forceRefresh: true }).catch(() => used);
  return (["accessKeyId", "secretAccessKey", "sessionToken"] as const).some((part) => found[part] !== used[part]);
}
