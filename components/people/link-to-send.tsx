import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";

interface LinkToSendProps {
  email: string;
  url: string;
  /** Where what is around it changes once the link was taken along. */
  onClose?: () => void;
}

/** An invitation's link, shown this once. */
export function LinkToSend({ email, url, onClose }: LinkToSendProps) {
  return (
    <Alert tone="success" role="status" title={`Send this link to ${email}`}>
      <p>It works once, for that address only, and is not shown again. Earlier links for it no longer work.</p>
      <CodeBlock what="invitation link" code={url} className="mt-3" />
      {onClose ? (
        <Button size="small" className="mt-3" onClick={onClose}>
          Done
        </Button>
      ) : null}
    </Alert>
  );
}
