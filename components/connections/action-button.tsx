"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { announce } from "@/components/ui/announce";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/lib/action";

interface ActionButtonProps<Input> extends Pick<ButtonProps, "variant"> {
  action: (input: Input) => Promise<ActionResult<unknown>>;
  input: Input;
  /** Said to who uses a screen reader once it is done. */
  done: string;
  children: ReactNode;
}

/** Does one thing at once, says why where it could not, and shows what came of it. */
export function ActionButton<Input>({ action, input, done, variant, children }: ActionButtonProps<Input>) {
  const router = useRouter();
  const { pending, problem, run } = useAction(() => action(input));
  return (
    <>
      <Button
        variant={variant}
        pending={pending}
        onClick={() =>
          run(() => {
            announce(done);
            router.refresh();
          })
        }
      >
        {children}
      </Button>
      {problem ? (
        <p role="alert" className="basis-full text-danger text-sm">
          {problem}
        </p>
      ) : null}
    </>
  );
}
