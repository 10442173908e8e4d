import type { Service } from "../service";

export const iam: Service = {
  name: "iam",
  protocol: "query",
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: {},
};
