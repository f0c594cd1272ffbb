/**
 * How far a detector looks from where it begins, so that its answer depends on nothing else: on this rest linear time
 * and findings that do not depend on how a text is cut.
 */
export const LOOK_BEHIND = 320
/** Longer than any private key in PEM. What is longer is found as far as this reaches. */
export const LOOK_AHEAD = 8192
