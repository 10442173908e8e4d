import { existsSync } from "node:fs";
import type { Audience } from "@/lib/audience";
import type { BuiltAction } from "./built";

/** What is stated beside an action. */
export async function audienceOf({ file, name }: BuiltAction): Promise<Audience> {
  const statement = file.replace(/\.tsx?$/, ".access.ts");
  if (!existsSync(statement))
    throw new Error(`${file} has server actions, but no ${statement} beside it says whom they are for`);
  const { mayCall } = (await import(`../../${statement}`)) as { mayCall: Record<string, Audience> };
  const audience = mayCall[name];
  if (!audience) throw new Error(`${statement} does not say whom ${name} is for`);
  return audience;
}
