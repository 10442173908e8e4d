import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldList, type ShownField } from "./field-list";

export interface ShownOperation {
  /** Where it is on its page. */
  anchor: string;
  method: string;
  path: string;
  summary: string;
  scope: string | null;
  parameters: readonly ShownField[];
  body: readonly ShownField[];
  status: string;
  answerWords: string;
  answer: readonly ShownField[];
  failures: readonly string[];
  sample: string;
}

/** What an operation takes and answers, beside a program that calls it. */
export function Operation({ operation, language }: { operation: ShownOperation; language: string }) {
  const { anchor, method, path, summary, scope, parameters, body, status, answerWords, answer, failures, sample } =
    operation;
  return (
    <section aria-labelledby={anchor}>
      <Card className="grid gap-x-8 gap-y-5 p-5 sm:p-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-5">
          <div className="space-y-2">
            <h2 id={anchor} className="scroll-mt-20 break-all font-mono font-semibold text-[15px]">
              {method} {path}
            </h2>
            <p>{summary}</p>
            {scope ? (
              <p className="text-muted text-xs">
                Scope: <code className="font-mono">{scope}</code>
              </p>
            ) : null}
          </div>
          {parameters.length > 0 ? <FieldList title="In the address" fields={parameters} /> : null}
          {body.length > 0 ? <FieldList title="In the body" fields={body} /> : null}
        </div>
        <div className="min-w-0 space-y-4">
          <CodeBlock what={`${language} of ${method} ${path}`} code={sample} />
          <div>
            <Disclosure summary={`Answers ${status}`}>
              <p>{answerWords}</p>
              {answer.length > 0 ? <FieldList title="In the answer" fields={answer} /> : null}
            </Disclosure>
            <p className="mt-2 text-muted text-xs">Fails with {failures.join(", ")}</p>
          </div>
        </div>
      </Card>
    </section>
  );
}
