import { useCallback, useState } from "react";
import { requestProblem } from "@/components/ui/request-problem";
import type { ActionResult } from "@/lib/action";
import type { NewApiKeyView } from "@/lib/api-keys/schema";

/** Asks for a key and holds it while it is shown; `errors` are by field, those of none under `form`. */
export function useNewKey() {
  const [made, setMade] = useState<NewApiKeyView | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [pending, setPending] = useState(false);
  const forget = useCallback(() => setMade(null), []);

  async function ask(request: () => Promise<ActionResult<NewApiKeyView>>) {
    if (pending) return;
    setPending(true);
    setErrors({});
    try {
      const result = await request();
      if (result.ok) setMade(result.data);
      else setErrors(result.fields ?? { form: result.message });
    } catch (error) {
      setErrors({ form: requestProblem(error) });
    } finally {
      setPending(false);
    }
  }

  return { made, errors, pending, ask, forget };
}
