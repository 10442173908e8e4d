"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { buttonStyle } from "./button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  children: ReactNode;
}

export function Dialog({ open, onOpenChange, title, description, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-h-[80vh] max-w-md animate-arrive overflow-auto rounded-xl border border-line bg-surface p-6 shadow-overlay">
          <Primitive.Title className="pr-8 font-semibold text-base">{title}</Primitive.Title>
          <Primitive.Description className="mt-1 text-muted">{description}</Primitive.Description>
          <div className="mt-5">{children}</div>
          <Primitive.Close
            aria-label="Close"
            className={`${buttonStyle({ variant: "ghost", size: "icon" })} absolute top-4 right-4`}
          >
            <X aria-hidden />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
