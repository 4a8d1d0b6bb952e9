// A small stand-in for the server, for tests of pages without one: offices, free times, holds, reservations in memory.
// Answers have the shapes of schema/openapi.yaml. Not a model of the booking rules.
import type {
  Day,
  Hold,
  OfficeDetail,
  Problem,
  Reservation,
  ReservationProof,
  SlotTime,
} from "../api/types.ts";
import { addDays, daysBetween, partsOf } from "../core/time.ts";

export const mockNow = "2026-11-23T23:30:00.000Z";
const today = "2026-11-24";

export const mockOffice: OfficeDetail = {
  id: "kokurakita",
  name: "小倉北区役所",
  name_en: "Kokurakita Ward Office",
  address: "小倉北区大手町1番1号",
  phone: "093-582-3311",
  booking_url: "https://yoyaku.example/?office=kokurakita",
  today: { date: today, is_open: true, opens: "08:30", closes: "17:15" },
  groups: [{ id: "A", name: "引っ越し・住所", name_ja: "引っ越し・住所", zone: "A" }],
  services: [
    {
      id: "move_in",
      group: "A",
      name: "転入届(ほかのまちから引っ越してきた)",
      name_ja: "転入届(ほかのまちから引っ越してきた)",
      minutes: 28,
      slot_minutes: 30,
      reservable: true,
      note: "住民票だけなら、マイナンバーカードがあればコンビニで取れます。",
      bring: [
        { item: "本人確認書類", note: "運転免許証、マイナンバーカードなど 1つ" },
        { item: "転出証明書", note: "前のまちで受け取った紙。" },
        { item: "引っ越した全員のマイナンバーカード", note: "持っている方だけ" },
      ],
    },
    {
      id: "move_out",
      group: "A",
      name: "転出届",
      name_ja: "転出届",
      minutes: 14,
      slot_minutes: 15,
      reservable: true,
      bring: [{ item: "本人確認書類" }],
    },
    {
      id: "help",
      group: "A",
      name: "案内",
      name_ja: "案内",
      minutes: 5,
      reservable: false,
      bring: [],
    },
  ],
  errands: [
    {
      id: "move",
      name: "引っ越し・住所",
      examples: "ほかのまちから来た、市内で移った、市外へ出る",
      icon: "home",
      services: ["move_in", "move_out"],
    },
    {
      id: "unknown",
      name: "どれかわからない",
      examples: "案内係が いっしょに探します",
      icon: "help",
      services: ["help"],
    },
  ],
};

const instant = (date: string, time: string) => new Date(`${date}T${time}:00+09:00`).toISOString();

function slot(date: string, time: string, free: number): SlotTime {
  const start = instant(date, time);
  return { date, time, start, end: new Date(Date.parse(start) + 30 * 60_000).toISOString(), free };
}

function problem(status: number, code: string, values: Record<string, string> = {}): Response {
  const body: Problem = {
    type: "about:blank",
    title: `title of ${code}`,
    detail: `next step of ${code}`,
    status,
    code,
    values,
    request_id: "test",
  };
  return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
}

export interface MockApi {
  fetch: typeof fetch;
  /** method + path of every call, in order */
  calls: string[];
  keys: string[];
  bodies: unknown[];
  /** The next call of this path is refused with the code, once */
  refuseNext(path: string, status: number, code: string, values?: Record<string, string>): void;
  /** The next call of this path gets no answer, once */
  dropNext(path: string): void;
  reservation: Reservation | undefined;
}

export function mockApi(): MockApi {
  let heldSlot: { date: string; time: string } | undefined;
  const planned = new Map<string, () => Response>();
  const api: MockApi = {
    calls: [],
    keys: [],
    bodies: [],
    reservation: undefined,
    refuseNext: (path, status, code, values) =>
      planned.set(path, () => problem(status, code, values)),
    dropNext: (path) =>
      planned.set(path, () => {
        throw new TypeError("network");
      }),
    fetch: async (input, init) => {
      const url = new URL(String(input), "http://test");
      const path = url.pathname.replace("/api/v1", "");
      api.calls.push(`${init?.method ?? "GET"} ${path}`);
      const key = new Headers(init?.headers).get("Idempotency-Key");
      if (key) api.keys.push(key);
      const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined;
      if (body) api.bodies.push(body);
      const plan = planned.get(path);
      planned.delete(path);
      return plan ? plan() : answer(path, url, body);
    },
  };

  const timesOf = (date: string): SlotTime[] => {
    const times = ["09:00", "09:30", "10:00", "10:30", "11:00", "13:00", "13:30", "14:00"];
    const isHeld = (time: string) => heldSlot?.date === date && heldSlot.time === time;
    return times.map((time, index) =>
      slot(date, time, isHeld(time) || index === 2 ? 0 : (index % 3) + 1),
    );
  };

  const holiday = "2026-11-23";
  const daysFrom = (date: string): Day[] =>
    Array.from({ length: 31 }, (_, place) => {
      const one = addDays(date, place);
      const index = daysBetween(today, one);
      const { weekday } = partsOf(one);
      if (one === holiday)
        return { date: one, weekday, state: "past", free: 0, reason: "勤労感謝の日" };
      if (weekday > 5) return { date: one, weekday, state: "closed", free: 0, reason: "土日" };
      const state = index === 3 ? "full" : index === 0 ? "few" : "many";
      return { date: one, weekday, state, free: state === "full" ? 0 : 7 };
    });

  function holdOf(date: string, time: string): Hold {
    const { start, end } = slot(date, time, 1);
    heldSlot = { date, time };
    const now = Date.parse(mockNow);
    return {
      hold: "hold-secret",
      office: "kokurakita",
      service: "move_in",
      date,
      time,
      start,
      end,
      expires_at: new Date(now + 10 * 60_000).toISOString(),
      extendable_until: new Date(now + 60 * 60_000).toISOString(),
    };
  }

  function reservationOf(date: string, time: string): Reservation {
    const { start, end } = slot(date, time, 1);
    return {
      id: "r1",
      code: "12345672",
      secret: "s3cret",
      check_in_token: "MR0123456789ABCDEFGHJKMNPQRSX",
      state: "booked",
      office: "kokurakita",
      service: "move_in",
      date,
      time,
      start,
      end,
      party: 1,
      help: [],
      locale: "ja",
      check_in_from: new Date(Date.parse(start) - 15 * 60_000).toISOString(),
      check_in_until: new Date(Date.parse(start) + 10 * 60_000).toISOString(),
      cancellable: true,
    };
  }

  function answer(path: string, url: URL, body: unknown): Response {
    if (path === "/clock") return Response.json({ now: mockNow, is_demo: true, offset_ms: 0 });
    if (path === "/offices") {
      const { id, name, name_en, address, phone } = mockOffice;
      return Response.json({ offices: [{ id, name, name_en, address, phone }] });
    }
    if (path === "/offices/kokurakita") return Response.json(mockOffice);
    if (path.endsWith("/days")) {
      const soonest = [
        slot(today, "11:00", 1),
        slot(today, "13:00", 2),
        slot(addDays(today, 1), "09:00", 2),
      ];
      return Response.json({
        days: daysFrom(url.searchParams.get("from") ?? today),
        soonest,
        bookable_until: addDays(today, 30),
      });
    }
    if (path.endsWith("/times")) {
      const date = url.searchParams.get("date") ?? today;
      return Response.json({ date, is_open: true, times: timesOf(date) });
    }
    if (path === "/holds") {
      const { date, time } = body as { date: string; time: string };
      return Response.json(holdOf(date, time), { status: 201 });
    }
    if (path === "/holds/extend") {
      const hold = holdOf(heldSlot?.date ?? today, heldSlot?.time ?? "09:00");
      const later = new Date(Date.parse(hold.expires_at) + 5 * 60_000).toISOString();
      return Response.json({ ...hold, expires_at: later });
    }
    if (path === "/reservations") {
      api.reservation = reservationOf(heldSlot?.date ?? today, heldSlot?.time ?? "09:00");
      return Response.json(api.reservation, { status: 201 });
    }
    if (path === "/reservations/show") return show(body as ReservationProof);
    if (path === "/reservations/cancel") {
      if (!api.reservation) return problem(404, "reservation_not_found");
      api.reservation = { ...api.reservation, state: "cancelled", cancellable: false };
      return Response.json(api.reservation);
    }
    return problem(404, "not_found");
  }

  function show(proof: ReservationProof): Response {
    const known = api.reservation;
    const isKnown = known && (proof.secret === known.secret || proof.code === known.code);
    return isKnown ? Response.json(known) : problem(404, "reservation_not_found");
  }
  return api;
}
