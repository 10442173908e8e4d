import type { ReactNode } from "react";
import { NavTabs } from "@/components/layout/nav-tabs";
import { PageHeader } from "@/components/layout/page-header";
import { apiKeysPath, apiRequestsPath } from "./paths";

interface ApiHeaderProps {
  title: string;
  description: string;
  actions?: ReactNode;
}

/** Above the lists of keys and requests. */
export function ApiHeader(props: ApiHeaderProps) {
  return (
    <>
      <PageHeader {...props} />
      <div className="-ml-3 mb-6 border-line border-b">
        <NavTabs
          label="API"
          tabs={[
            { title: "Keys", href: apiKeysPath },
            { title: "Requests", href: apiRequestsPath },
          ]}
        />
      </div>
    </>
  );
}
