export { default } from "../[connectionId]/setup/loading";
