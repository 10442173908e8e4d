import { read } from "../../input";
import type { Operation } from "../../service";
import { arn } from "../parameters";
import { renderPolicy } from "../render";
import { authorizedPolicy } from "./policy-access";

export const getPolicy: Operation = (input, context) => {
  const { PolicyArn } = read(input, { PolicyArn: arn });
  return { Policy: renderPolicy(authorizedPolicy("iam:GetPolicy", PolicyArn, context), context.store) };
};
