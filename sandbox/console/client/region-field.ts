import { element } from "./dom";

const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "sa-east-1",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
  "eusc-de-east-1",
];

/** Chooses the Region; the page opens again in it, at the same place. */
export function regionField(current: string): HTMLElement {
  const select = element(
    "select",
    { id: "region-select" },
    ...[...new Set([current, ...regions])].map((region) =>
      element("option", { value: region, selected: region === current }, region),
    ),
  );
  select.addEventListener("change", () => {
    location.search = `?${new URLSearchParams({ region: select.value })}`;
  });
  return element("div", { class: "region" }, element("label", { for: "region-select" }, "Region"), select);
}
