// The steps of one visit, for tests that need them as a means.
import { randomUUID } from "node:crypto";
import type { Api } from "./api.ts";

export const office = "kokurakita";

export interface Booked {
  code: string;
  secret: string;
  check_in_token: string;
  date: string;
  time: string;
  start: string;
}

// Books the soonest time of a service.
export async function bookSoonest(
  api: Api,
  service = "move_in",
  contact: object = {},
): Promise<Booked> {
  const days = await api.ok(api.get(`/api/v1/offices/${office}/services/${service}/days`));
  const slot = days.soonest[0];
  const hold = await api.ok(
    api.post("/api/v1/holds", { office, service, date: slot.date, time: slot.time }),
  );
  return api.ok(
    api.post("/api/v1/reservations", { hold: hold.hold, locale: "ja", contact, help: [] }),
  );
}

export async function moveClockTo(api: Api, instant: string, offsetMinutes = 0): Promise<void> {
  const clock = await api.ok(api.get("/api/v1/clock"));
  const by = Date.parse(instant) + offsetMinutes * 60_000 - Date.parse(clock.now);
  if (by > 0) await api.ok(api.call("POST", "/api/v1/clock", { by_ms: by }));
}

export function pullTicket(api: Api, service = "move_in", message = randomUUID(), at = office) {
  return api.post(
    `/api/v1/offices/${at}/tickets`,
    { issuer: "test", message_id: message, service },
    message,
  );
}

export function press(api: Api, window: number, command: string, more: object = {}, at = office) {
  return api.post(`/api/v1/offices/${at}/windows/${window}/commands`, { command, ...more });
}
