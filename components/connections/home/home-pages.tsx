import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import { connectionsPath } from "../paths";

interface HomePagesProps {
  customer: string;
  page: number;
  rows: number;
  total: number;
  rowsAtOnce: number;
}

/** The ways to the pages before and after this one, where there is more than one. */
export function HomePages({ customer, page, rows, total, rowsAtOnce }: HomePagesProps) {
  if (total <= rowsAtOnce && page === 1) return null;
  const first = (page - 1) * rowsAtOnce + 1;
  const at = (other: number) =>
    other === 1 ? connectionsPath(customer) : `${connectionsPath(customer)}?page=${other}`;
  return (
    <nav aria-label="Pages" className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted">
        {rows > 0 ? `${first} to ${first + rows - 1} of ${total.toLocaleString("en")}` : "This page is past the end."}
      </p>
      <div className="flex gap-2">
        {page > 1 ? (
          <Link href={at(page - 1)} className={buttonStyle()}>
            Previous
          </Link>
        ) : null}
        {first + rows - 1 < total && rows > 0 ? (
          <Link href={at(page + 1)} className={buttonStyle()}>
            Next
          </Link>
        ) : null}
      </div>
    </nav>
  );
}
