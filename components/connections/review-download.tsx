/** The review as files for a security team, with the features that are chosen now. */
export function ReviewDownload({ path, chosen }: { path: string; chosen: readonly string[] }) {
  const address = (format: "md" | "json") =>
    `${path}?${new URLSearchParams([["format", format], ...chosen.map((id) => ["feature", id])])}`;
  return (
    <p className="text-[13px] text-muted">
      For your security team:{" "}
      <a href={address("md")} download className="text-accent-ink underline underline-offset-2">
        Markdown
      </a>{" "}
      ·{" "}
      <a href={address("json")} download className="text-accent-ink underline underline-offset-2">
        JSON
      </a>
    </p>
  );
}
