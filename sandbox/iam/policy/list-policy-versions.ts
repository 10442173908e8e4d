import { read } from "../../input";
import type { Operation } from "../../service";
import { paginate } from "../paging";
import { arn, paging } from "../parameters";
import { renderVersion } from "../render";
import { authorizedPolicy } from "./policy-access";

export const listPolicyVersions: Operation = (input, context) => {
  const { PolicyArn, ...page } = read(input, { PolicyArn: arn, ...paging });
  const policy = authorizedPolicy("iam:ListPolicyVersions", PolicyArn, context);
  const newestFirst = ({ id }: { id: string }) => String(1_000_000 - Number(id.slice(1)));
  const result = paginate(policy.versions, newestFirst, page);
  return { Versions: result.page.map((version) => renderVersion(version, policy)), ...result.position };
};
