/** Who may show pages of the portal in a frame: no one. The second value is for browsers without content security policies. */
export const framePolicy = { frameAncestors: "'none'", xFrameOptions: "DENY" };
