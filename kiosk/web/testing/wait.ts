// A range for tests: 10–20 minutes, at the latest 10:55.
import type { WaitRange } from "@matanai/web/api";

export const minutes: WaitRange = {
  low_minutes: 10,
  high_minutes: 20,
  at_latest: "2026-11-24T01:55:00.000Z",
  is_soon: false,
};
export const soon: WaitRange = { ...minutes, low_minutes: 0, high_minutes: 5, is_soon: true };
