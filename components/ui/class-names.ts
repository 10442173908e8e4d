/** Joins class names. No two may set the same property: which one wins would be the style sheet's to say. */
export { clsx as classNames } from "clsx";
