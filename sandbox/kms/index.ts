import type { Service } from "../service";
import { cancelKeyDeletion } from "./cancel-key-deletion";
import { createAlias } from "./create-alias";
import { createKey } from "./create-key";
import { decrypt } from "./decrypt";
import { deleteAlias } from "./delete-alias";
import { describeKey } from "./describe-key";
import { disableKey } from "./disable-key";
import { enableKey } from "./enable-key";
import { enableKeyRotation } from "./enable-key-rotation";
import { encrypt } from "./encrypt";
import { generateDataKey, generateDataKeyWithoutPlaintext } from "./generate-data-key";
import { getKeyPolicy } from "./get-key-policy";
import { getKeyRotationStatus } from "./get-key-rotation-status";
import { listAliases } from "./list-aliases";
import { listKeys } from "./list-keys";
import { listResourceTags } from "./list-resource-tags";
import { putKeyPolicy } from "./put-key-policy";
import { reEncrypt } from "./re-encrypt";
import { rotateKeyOnDemand } from "./rotate-key-on-demand";
import { scheduleKeyDeletion } from "./schedule-key-deletion";
import { updateAlias } from "./update-alias";

/** KMS with symmetric keys; grants, asymmetric, HMAC, multi-Region and imported keys do not exist here. */
export const kms: Service = {
  name: "kms",
  protocol: "json",
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    CreateAlias: createAlias,
    CreateKey: createKey,
    Decrypt: decrypt,
    DeleteAlias: deleteAlias,
    DescribeKey: describeKey,
    DisableKey: disableKey,
    EnableKey: enableKey,
    EnableKeyRotation: enableKeyRotation,
    Encrypt: encrypt,
    GenerateDataKey: generateDataKey,
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
    GetKeyPolicy: getKeyPolicy,
    GetKeyRotationStatus: getKeyRotationStatus,
    ListAliases: listAliases,
    ListKeys: listKeys,
    ListResourceTags: listResourceTags,
    PutKeyPolicy: putKeyPolicy,
    ReEncrypt: reEncrypt,
    RotateKeyOnDemand: rotateKeyOnDemand,
    ScheduleKeyDeletion: scheduleKeyDeletion,
    UpdateAlias: updateAlias,
  },
};
