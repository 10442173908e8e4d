import { Disclosure } from "@/components/ui/disclosure";

const shownAtMost = 12;

/** The actions of a statement by name; of very many the first, and the others behind a click. */
export function ActionChips({ actions }: { actions: readonly string[] }) {
  const rest = actions.slice(shownAtMost);
  return (
    <>
      <Chips actions={actions.slice(0, shownAtMost)} />
      {rest.length > 0 ? (
        <Disclosure summary={`${rest.length} more actions`} className="mt-1 text-[13px]">
          <Chips actions={rest} />
        </Disclosure>
      ) : null}
    </>
  );
}

function Chips({ actions }: { actions: readonly string[] }) {
  return (
    <ul aria-label="Actions" className="mt-2 flex flex-wrap gap-1.5">
      {actions.map((action) => (
        <li
          key={action}
          className="break-all rounded-md border border-line bg-sunken px-1.5 py-0.5 font-mono text-[11.5px] text-muted"
        >
          {action}
        </li>
      ))}
    </ul>
  );
}
