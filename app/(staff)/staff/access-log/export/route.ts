import { download, searchParametersOf } from "@/app/download";
import { exportAccessLogForStaff } from "@/lib/access-log/export-access-log";
import { staffMember } from "@/lib/auth/guards";

/** `?format=csv` or `json`, `connection` for one of them, and the filter of the page. */
export function GET(request: Request): Promise<Response> {
  return download(async () => {
    const access = await staffMember();
    const parameters = searchParametersOf(request);
    return exportAccessLogForStaff(access, parameters, parameters.connection);
  });
}
