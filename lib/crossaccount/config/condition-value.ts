import { isIP } from "node:net";
import type { OperatorFamily } from "./condition-operator";
import { variableFault } from "./policy-variable";

/**
 * What is wrong with a value for the operators of a family. IAM refuses the whole policy for most of it ("The policy failed
 * legacy parsing"), and stores the rest, which then matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function valueFault(family: OperatorFamily, value: string): string | undefined {
  if (family === "String") return variableFault(value);
  const { isValid, wanted } = shapes[family];
  return isValid(value) ? undefined : wanted;
}

const truth = { isValid: (text: string) => text === "true" || text === "false", wanted: "must be true or false" };

const shapes: Readonly<
  Record<Exclude<OperatorFamily, "String">, { isValid: (text: string) => boolean; wanted: string }>
> = {
  Bool: truth,
  Null: truth,
  Numeric: {
    isValid: (text) => /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text),
    wanted: "must be a number such as 10 or 2.5",
  },
  Date: {
    isValid: (text) => /^\d{10,12}$/.test(text) || isDate(text),
    wanted:
      "must be a time with its zone such as 2030-01-31T00:00:00Z, a day such as 2030-01-31, or ten or more digits: the seconds since 1970",
  },
  IpAddress: {
    isValid: isAddressRange,
    wanted: "must be an IP address or a CIDR block such as 203.0.113.0/24 or 2001:db8::/32",
  },
  Binary: {
    isValid: (text) => /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text) && text !== "",
    wanted: "must be base64, filled up with = to a multiple of four characters",
  },
  Arn: {
    isValid: isArnPattern,
    wanted:
      'must be "*" or an ARN of six parts such as arn:aws:iam::111122223333:role/x, with the partition as aws and policy variables after the fifth colon only; a String operator compares anything else',
  },
};

/** The ISO 8601 of https://www.w3.org/TR/NOTE-datetime; a year alone could also be seconds. */
function isDate(text: string): boolean {
  const [, year, month, day = "01", , hour = "0", minute = "0", second = "0", , zoneHour = "0", zoneMinute = "0"] =
    /^(\d{4})-(\d\d)(?:-(\d\d)(T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-](\d\d):(\d\d)))?)?$/.exec(text) ?? [];
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
  const isTime = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  return isDay && isTime && Number(zoneHour) <= 23 && Number(zoneMinute) <= 59;
}

function isAddressRange(text: string): boolean {
  const [, address = "", length] = /^([\d.]+|[\da-f:]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return bits > 0 && Number(length ?? 0) <= bits;
}

/** Other partitions than `aws` are left to a wildcard: the template writes the stack's own for `arn:aws:`. */
function isArnPattern(text: string): boolean {
  const parts = /^arn:(aws|[a-z-]*[*?][a-z*?-]*):[a-z0-9*?-]+:[a-z0-9*?-]*:(\d{12}|[a-z-]*|[\d*?]*[*?][\d*?]*):(.+)$/s;
  const [, , , resource] = parts.exec(text) ?? [];
  return text === "*" || (resource !== undefined && variableFault(resource) === undefined);
}
