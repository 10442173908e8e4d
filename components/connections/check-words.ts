import {
  CircleCheck,
  CircleMinus,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import type { CheckView } from "@/lib/connections/schema";

interface CheckWords {
  word: string;
  icon: LucideIcon;
  ink: string;
}

export const checkWords: Record<CheckView["status"], CheckWords> = {
  passed: { word: "Passed", icon: CircleCheck, ink: "text-success" },
  failed: { word: "Failed", icon: CircleX, ink: "text-danger" },
  warning: { word: "Warning", icon: TriangleAlert, ink: "text-warning" },
  skipped: { word: "Skipped", icon: CircleMinus, ink: "text-muted" },
  running: { word: "Checking", icon: LoaderCircle, ink: "text-info" },
  waiting: { word: "Waiting", icon: Hourglass, ink: "text-info" },
};

export const confidenceWords: Record<NonNullable<CheckView["confidence"]>, string> = {
  certain: "Certain",
  likely: "Likely",
  possible: "Possible",
};
