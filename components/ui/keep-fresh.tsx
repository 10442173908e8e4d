"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const tenMinutes = 600_000;

/** Asks the server for the page again while it stays open, for what it shows counts from the moment of asking. */
export function KeepFresh() {
  const router = useRouter();
  useEffect(() => {
    let asked = Date.now();
    const refresh = () => {
      if (document.visibilityState !== "visible" || Date.now() - asked < tenMinutes) return;
      asked = Date.now();
      router.refresh();
    };
    const timer = setInterval(refresh, tenMinutes);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);
  return null;
}
