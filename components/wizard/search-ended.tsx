import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

interface SearchEndedProps {
  explanation: string;
  roleArn: string | null;
  checklist: ReactNode;
  leaving: boolean;
  onDiagnose: (roleArn: string) => Promise<void>;
}

/** After two minutes: what was seen, what to look at, and a verification, which knows the causes and what to do. */
export function SearchEnded({ explanation, roleArn, checklist, leaving, onDiagnose }: SearchEndedProps) {
  return (
    <div className="space-y-4">
      <Alert tone="warning" role="status">
        The role was not found in two minutes. The last answer: {explanation}
      </Alert>
      {checklist}
      <div className="flex flex-wrap gap-2">
        {roleArn ? (
          <Button variant="primary" pending={leaving} onClick={() => onDiagnose(roleArn)}>
            Diagnose
          </Button>
        ) : null}
        <Button type="submit">Look again</Button>
      </div>
    </div>
  );
}
