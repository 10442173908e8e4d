import { partitionFacts, partitionOfRegion } from "../aws/partition";
import { CrossAccountError } from "../errors";

/** Longest address that the console's template field takes (CloudFormation User Guide, creating a stack). */
const longestTemplateUrl = 1_024;
const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export interface ConsolePage {
  readonly region: string;
  /** Base of another console than AWS's own, such as a local sandbox's. */
  readonly consoleUrl?: string;
}

export interface ConsoleLink extends ConsolePage {
  readonly templateUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The quick-create link. Its query stands after `#`, so no server sees it, but the browser's history does.
 * @throws CrossAccountError `launch-link-invalid`, `region-not-supported`
 */
export function buildLaunchUrl(link: ConsoleLink & { readonly stackName: string }): string {
  requireStackName(link.stackName);
  const query = [["templateURL", requireTemplateUrl(link)], ["stackName", link.stackName], ...parameterPairs(link)];
  return `${consoleHome(link)}#/stacks/create/review?${encode(query)}`;
}

/**
 * The link to the update of a stack, with its own template unless another is given. That page takes no parameters from a link:
 * tell people which value to set. AWS does not document it, so always show the command too.
 * @throws CrossAccountError `launch-link-invalid`, `region-not-supported`
 */
export function buildUpdateUrl(
  link: ConsolePage & { readonly stackId: string; readonly templateUrl?: string },
): string {
  const { templateUrl } = link;
  const template = templateUrl === undefined ? [] : [["templateURL", requireTemplateUrl({ ...link, templateUrl })]];
  return `${consoleHome(link)}#/stacks/update/template?${encode([["stackId", link.stackId], ...template])}`;
}

/**
 * The link to a stack: its status, outputs and events, and the button that deletes it.
 * @throws CrossAccountError `region-not-supported`
 */
export function buildStackUrl(link: ConsolePage & { readonly stackId: string }): string {
  return `${consoleHome(link)}#/stacks/stackinfo?${encode([["stackId", link.stackId]])}`;
}

/**
 * The link to a role's tab Trust relationships.
 * @throws CrossAccountError `region-not-supported`
 */
export function buildTrustUrl(link: ConsolePage & { readonly roleName: string }): string {
  return `${consoleHome(link, "iam")}#/roles/details/${strictlyEncoded(link.roleName)}?section=trust_relationships`;
}

/**
 * The link to a role's tab Revoke sessions, whose one button ends what sessions may do that were issued before.
 * @throws CrossAccountError `region-not-supported`
 */
export function buildRevokeUrl(link: ConsolePage & { readonly roleName: string }): string {
  return `${consoleHome(link, "iam")}#/roles/details/${strictlyEncoded(link.roleName)}?section=revoke_sessions`;
}

export function requireStackName(stackName: string): void {
  if (stackNamePattern.test(stackName)) return;
  throw new CrossAccountError(
    "launch-link-invalid",
    "The stack's name must begin with a letter and hold up to 128 letters, digits and hyphens. Choose another name.",
  );
}

function consoleHome(
  { region, consoleUrl }: ConsolePage,
  service: "cloudformation" | "iam" = "cloudformation",
): string {
  const partition = partitionOfRegion(region);
  if (!partition) {
    throw new CrossAccountError(
      "region-not-supported",
      "The Region in this link is not one we know. Choose one from the list, such as us-east-1.",
    );
  }
  const base = consoleUrl?.replace(/\/+$/, "") ?? `https://${region}.${partitionFacts[partition].consoleHost}`;
  return `${base}/${service}/home?region=${region}`;
}

function requireTemplateUrl({ templateUrl, consoleUrl }: Pick<ConsoleLink, "templateUrl" | "consoleUrl">): string {
  const isHttps = URL.canParse(templateUrl) && new URL(templateUrl).protocol === "https:";
  if ((isHttps || consoleUrl !== undefined) && templateUrl.length <= longestTemplateUrl) return templateUrl;
  throw new CrossAccountError(
    "launch-link-invalid",
    `The template's address must begin with https:// and have ${longestTemplateUrl} characters or less, or the AWS console refuses it.`,
  );
}

function parameterPairs({ parameters }: ConsoleLink): string[][] {
  return Object.entries(parameters).map(([name, value]) => [`param_${name}`, value]);
}

function encode(pairs: readonly string[][]): string {
  return pairs.map((pair) => pair.map(strictlyEncoded).join("=")).join("&");
}

/** RFC 3986: encodeURIComponent leaves !'()* as they are, and chat programs end links at some of them. */
function strictlyEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
