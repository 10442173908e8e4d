/** Who may show pages of the portal in a frame: nobody. Said twice to browsers, the second time for those that know no policy. */
export const framePolicy = { frameAncestors: "'none'", xFrameOptions: "DENY" };
