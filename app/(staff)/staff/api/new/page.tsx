import type { Metadata } from "next";
import { requirePublicApi } from "@/app/public-api";
import { NewKeyForm } from "@/components/api/new-key-form";
import { apiKeysPath } from "@/components/api/paths";
import { PageHeader } from "@/components/layout/page-header";
import { createApiKey } from "@/lib/api-keys/actions";
import { scopeMeanings } from "@/lib/api-keys/scopes";
import { requireStaff } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Make an API key" };

export default async function NewApiKeyPage() {
  requirePublicApi();
  await requireStaff("security");
  return (
    <>
      <PageHeader
        back={{ title: "API keys", href: apiKeysPath }}
        title="Make an API key"
        description="For a program of yours that uses the REST API."
      />
      <div className="max-w-3xl">
        <NewKeyForm scopes={scopeMeanings()} createApiKey={createApiKey} />
      </div>
    </>
  );
}
