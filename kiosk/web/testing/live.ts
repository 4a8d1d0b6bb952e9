// A frame of a kiosk that is well.
import type { KioskState } from "../model/types.ts";

export function liveState(over: Partial<KioskState> = {}): KioskState {
  return {
    epoch: "e",
    seq: 1,
    build: "1",
    now: "2026-11-24T01:32:00.000Z",
    is_demo: false,
    office: "kokurakita",
    office_version: 1,
    server_up: true,
    printer: "ready",
    can_print: true,
    printer_model: "TM-m30",
    printer_confirms: "printed",
    printer_mode: "image",
    paper_metres: 42,
    is_open: true,
    waiting: [],
    locales: ["ja", "en"],
    papers: [],
    ...over,
  };
}
