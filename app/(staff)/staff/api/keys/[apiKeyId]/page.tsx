import type { Metadata } from "next";
import { found } from "@/app/found";
import { requirePublicApi } from "@/app/public-api";
import { KeyFacts } from "@/components/api/key-facts";
import { keyStateWords } from "@/components/api/key-words";
import { apiKeysPath } from "@/components/api/paths";
import { RevokeKey } from "@/components/api/revoke-key";
import { RotateKey } from "@/components/api/rotate-key";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { keyUse } from "@/lib/api/request-queries";
import { revokeApiKey, rotateApiKey } from "@/lib/api-keys/actions";
import { getApiKey } from "@/lib/api-keys/queries";
import { scopeMeanings } from "@/lib/api-keys/scopes";
import { requireStaff } from "@/lib/auth/session";

export const metadata: Metadata = { title: "API key" };

export default async function ApiKeyPage({ params }: { params: Promise<{ apiKeyId: string }> }) {
  requirePublicApi();
  const access = await requireStaff("security");
  const { apiKeyId } = await params;
  const apiKey = await found(getApiKey(access, apiKeyId));
  const { word, tone } = keyStateWords[apiKey.state];
  const isActive = apiKey.state === "active";
  return (
    <>
      <PageHeader
        back={{ title: "API keys", href: apiKeysPath }}
        title={apiKey.name}
        badge={<Badge tone={tone}>{word}</Badge>}
      />
      <div className="max-w-3xl space-y-6">
        <KeyFacts
          apiKey={apiKey}
          scopes={scopeMeanings().filter(({ scope }) => apiKey.scopes.includes(scope))}
          use={await keyUse(access, apiKey.id)}
        />
        {isActive && !apiKey.replacedBy ? <RotateKey apiKey={apiKey} rotateApiKey={rotateApiKey} /> : null}
        {isActive ? <RevokeKey apiKey={apiKey} revokeApiKey={revokeApiKey} /> : null}
      </div>
    </>
  );
}
