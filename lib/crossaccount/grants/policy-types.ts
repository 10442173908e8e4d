/** `T` is text in a finished policy, and text or an intrinsic function in a template. */
export interface PolicyStatement<T = string> {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly T[];
  readonly NotResource?: readonly T[];
  readonly Condition?: StatementCondition<T>;
}

export type StatementCondition<T = string> = Readonly<Record<string, Readonly<Record<string, T | readonly T[]>>>>;

export interface PolicyDocument<T = string> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement<T>[];
}

export interface TrustStatement<T = string> {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly AWS: T };
  readonly Action: "sts:AssumeRole";
  readonly Condition: StatementCondition<T>;
}

export interface TrustPolicyDocument<T = string> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly TrustStatement<T>[];
}
