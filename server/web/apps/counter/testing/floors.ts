// Floors for tests and for looking at the screen: small builders with plausible values.
import type { Floor, WindowState } from "../../../api/types.ts";
import type { WaitingTicket, WindowTicket } from "../model.ts";

export function waiting(number: string, more: Partial<WaitingTicket> = {}): WaitingTicket {
  return {
    id: `t-${number}`,
    number,
    group: number.charAt(0),
    service: "moving_in",
    issued_at: "2026-11-24T01:24:00.000Z",
    ready_at: "2026-11-24T01:24:00.000Z",
    priority: false,
    help: [],
    locale: "ja",
    order_reason: "ready_time",
    passed: 0,
    ...more,
  };
}

export function person(number: string, more: Partial<WindowTicket> = {}): WindowTicket {
  return {
    id: `t-${number}`,
    number,
    group: number.charAt(0),
    service: "moving_in",
    state: "called",
    issued_at: "2026-11-24T01:26:00.000Z",
    first_called_at: "2026-11-24T01:35:00.000Z",
    since: "2026-11-24T01:35:00.000Z",
    called_at: "2026-11-24T01:35:00.000Z",
    times_called: 1,
    wait_seconds: 540,
    priority: false,
    help: [],
    locale: "ja",
    order_reason: "ready_time",
    passed: 0,
    ...more,
  };
}

export function windowAt(
  state: WindowState["state"],
  more: Partial<WindowState> = {},
): WindowState {
  const ticket =
    state === "called" || state === "serving" ? { ticket: person("A044", { state }) } : {};
  const staff = state === "closed" ? {} : { staff: "yamamoto", staff_name: "山本" };
  return {
    window: "3",
    zone: "A",
    section: "市民課",
    state,
    groups: ["A", "C"],
    served_today: 17,
    mean_service_seconds: 960,
    ...staff,
    ...ticket,
    ...more,
  };
}

export function floor(more: Partial<Floor> = {}): Floor {
  return {
    epoch: "e1",
    seq: 1,
    office: "kokurakita",
    office_name: "小倉北区役所",
    as_of: "2026-11-24T01:42:00.000Z",
    is_open: true,
    closes: "17:15",
    windows: [windowAt("free")],
    waiting: [],
    expected: [],
    aside: [],
    staff_calls: [],
    kiosks: [],
    services: [
      {
        id: "moving_in",
        group: "A",
        name_ja: "転入届",
        name_en: "Moving in",
        minutes: 28,
        passed_limit: 4,
      },
    ],
    today: { issued: 88, called: 74, finished: 70, within_10_min: 64 },
    ...more,
  };
}
