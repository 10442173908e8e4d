import type { AwsClients } from "../aws/clients";
import { partitionOfRegion } from "../aws/partition";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import { findTemplate, type TemplateUpload, uploadTemplate } from "../launch/upload-template";
import { renderTemplate } from "../template";

/** Where the config's template lies, for a connection's Region. */
export interface TemplateUrls {
  /** Puts it there unless it is. */
  publish(region: string): Promise<string>;
  /** Writes nothing. */
  find(region: string): Promise<string>;
}

/**
 * Asks S3 once for each bucket: a template's address is made from its content, so what was found holds for the life of the
 * process. A failure is not kept.
 */
export function createTemplateUrls({ config, aws }: { config: CrossAccountConfig; aws: AwsClients }): TemplateUrls {
  const known = new Map<string, Promise<string>>();
  let template: string | undefined;

  function ask(region: string, how: (upload: TemplateUpload) => Promise<string>): Promise<string> {
    const settings = partitionSettings(config, partitionOfRegion(region) ?? "aws");
    const kept = known.get(settings.templateS3Bucket);
    if (kept) return kept;
    template ??= renderTemplate(config);
    const asked = how(uploadOf(settings, region, template));
    const keep = () => known.set(settings.templateS3Bucket, asked);
    // Whoever publishes must not be told that somebody else found nothing.
    if (how === findTemplate) asked.then(keep, () => {});
    else {
      keep();
      asked.catch(() => known.delete(settings.templateS3Bucket));
    }
    return asked;
  }

  function uploadOf(
    { defaultRegion, templateS3Bucket }: Pick<CrossAccountConfig, "defaultRegion" | "templateS3Bucket">,
    region: string,
    text: string,
  ): TemplateUpload {
    return {
      s3: aws.s3(defaultRegion),
      bucket: templateS3Bucket,
      serviceName: config.serviceName,
      template: text,
      endpoint: aws.endpoint(region),
    };
  }

  return {
    publish: (region) => ask(region, uploadTemplate),
    find: (region) => ask(region, findTemplate),
  };
}
