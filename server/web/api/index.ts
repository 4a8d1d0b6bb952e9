export * from "./client.ts";
export * from "./clock.ts";
export * from "./live.ts";
export * from "./refusal.ts";
export * from "./resource.ts";
export * from "./types.ts";
