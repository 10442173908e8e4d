import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { FirstVisit } from "@/components/connections/home/first-visit";
import { HomeBanner } from "@/components/connections/home/home-banner";
import { HomeList } from "@/components/connections/home/home-list";
import { HomePages } from "@/components/connections/home/home-pages";
import { HomeSummary } from "@/components/connections/home/home-summary";
import { PermissionLine } from "@/components/connections/home/permission-line";
import { changesPath, connectionsPath } from "@/components/connections/paths";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyle } from "@/components/ui/button";
import { FollowChanges } from "@/components/ui/follow-changes";
import { KeepFresh } from "@/components/ui/keep-fresh";
import { usesOfWeek } from "@/lib/access-log/uses-of-week";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import {
  deleteConnection,
  disconnectConnection,
  pauseConnection,
  renameConnection,
  resumeConnection,
} from "@/lib/connections/actions";
import { markOfConnections } from "@/lib/connections/changes";
import { customerHome, homeRowsAtOnce } from "@/lib/connections/home";
import { permissionReview } from "@/lib/connections/queries";
import { databaseTime } from "@/lib/database-time";
import { adminNames } from "@/lib/people/queries";
import { startVerification } from "@/lib/verifications/actions";

export const metadata: Metadata = { title: "Connections" };

interface HomePageProps {
  params: Promise<{ customer: string }>;
  searchParams: Promise<{ page?: string | string[] }>;
}

export default async function HomePage({ params, searchParams }: HomePageProps) {
  const access = await requireCustomer(decodeURIComponent((await params).customer));
  const page = pageOf((await searchParams).page);
  // First, so that a change while the others are read is noticed afterwards.
  const mark = await markOfConnections(access);
  const mayAct = access.role === "admin";
  const [home, uses, admins] = await Promise.all([
    customerHome(access, page),
    usesOfWeek(access),
    mayAct ? [] : adminNames(access),
  ]);
  const { reference: customer, name } = access.customer;
  const { productName, securityUrl } = branding;
  const follow = <FollowChanges address={changesPath(customer)} mark={mark} />;
  if (home.total === 0) {
    return (
      <>
        <PageHeader title={name} />
        <FirstVisit {...{ customer, productName, mayAct, admins }} review={permissionReview()} />
        {follow}
      </>
    );
  }
  return (
    <>
      <PageHeader title={name} actions={mayAct ? <ConnectLink customer={customer} /> : null} />
      {home.worst ? (
        <HomeBanner {...{ customer, productName, mayAct, admins }} home={{ ...home, worst: home.worst }} />
      ) : null}
      <HomeSummary {...{ productName, home, uses }} />
      {home.rows.length > 0 ? (
        <HomeList
          {...{ customer, mayAct }}
          rows={home.rows}
          uses={uses.connections}
          now={databaseTime()}
          actions={{
            ...{ renameConnection, deleteConnection, startVerification },
            ...{ pauseConnection, resumeConnection, disconnectConnection },
          }}
        />
      ) : null}
      <HomePages {...{ customer, page }} rows={home.rows.length} total={home.total} rowsAtOnce={homeRowsAtOnce} />
      <PermissionLine {...{ productName, customer, securityUrl }} review={permissionReview()} />
      {follow}
      <KeepFresh />
    </>
  );
}

/** The first for what is no page. */
function pageOf(text: string | string[] | undefined): number {
  return typeof text === "string" && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1;
}

function ConnectLink({ customer }: { customer: string }) {
  return (
    <Link href={`${connectionsPath(customer)}/new`} className={buttonStyle({ variant: "primary" })}>
      <Plus aria-hidden />
      Connect an AWS account
    </Link>
  );
}
