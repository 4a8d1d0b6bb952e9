export * from "./chime.ts";
export * from "./clock.ts";
export * from "./codes.ts";
export * from "./ticking.ts";
export * from "./time.ts";
