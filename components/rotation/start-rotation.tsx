"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { RotationActions } from "./actions";

interface StartRotationProps extends Pick<RotationActions, "startRotation"> {
  customer: string;
  connectionId: string;
  /** It was rotated before, so it is less likely what someone came for. */
  isAgain: boolean;
}

export function StartRotation({ customer, connectionId, isAgain, startRotation }: StartRotationProps) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => startRotation({ customer, connectionId }));
  return (
    <>
      <Button
        variant={isAgain ? "secondary" : "primary"}
        size="large"
        pending={pending}
        onClick={() => run(() => router.refresh())}
      >
        Issue a new external ID
      </Button>
      {problem ? (
        <p role="alert" className="mt-3 text-danger">
          {problem}
        </p>
      ) : null}
    </>
  );
}
