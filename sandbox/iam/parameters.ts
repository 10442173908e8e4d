import { list, optional, structure, text, whole } from "../protocol/input";

const names = /^[\w+=,.@-]+$/;

export const roleName = text({ minimum: 1, maximum: 64, pattern: names });
export const instanceProfileName = text({ minimum: 1, maximum: 128, pattern: names });
export const policyName = text({ minimum: 1, maximum: 128, pattern: names });
export const path = optional(text({ minimum: 1, maximum: 512, pattern: /^(\/|\/[!-~]+\/)$/ }));
export const pathPrefix = optional(text({ minimum: 1, maximum: 512, pattern: /^\/[!-~]*$/ }));
export const arn = text({ minimum: 20, maximum: 2048 });
export const document = text({ minimum: 1, maximum: 131_072 });
export const description = optional(text({ maximum: 1000, pattern: /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/ }));
export const maxSessionDuration = optional(whole(3600, 43_200));
export const versionId = text({ pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/ });

const tagKey = text({ minimum: 1, maximum: 128, pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu });
const tagValue = text({ maximum: 256, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u });

export const tags = list(structure({ Key: tagKey, Value: tagValue }), 50);
export const tagKeys = list(tagKey, 50);

export const paging = {
  Marker: optional(text({ minimum: 1 })),
  MaxItems: optional(whole(1, 1000)),
};
