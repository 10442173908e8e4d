/** Says something to who uses a screen reader: one region of the page for all, which must be there before what it says. */
export function announce(text: string): void {
  const region = document.getElementById(regionId) ?? makeRegion();
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  });
}

const regionId = "announcements";

function makeRegion(): HTMLElement {
  const region = document.createElement("div");
  region.id = regionId;
  region.className = "sr-only";
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  return region;
}
