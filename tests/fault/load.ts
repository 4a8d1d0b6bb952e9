// Many clients at once who write down what they sent and what was acknowledged, so that a test can compare it with what
// is there after a fault. Every choice comes from the seed; the order of arrival does not.
import { type Answer, Api } from "../integration/support/api.ts";
import type { Server } from "../integration/support/server.ts";
import { office } from "../integration/support/visit.ts";

export type Kind = "hold" | "book" | "ticket" | "open" | "next" | "start";

export interface Sent {
  readonly kind: Kind;
  readonly api: Api;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly key: string;
  answer?: Answer;
}

export interface Slot {
  date: string;
  time: string;
  start: string;
  end: string;
  free: number;
}

export interface Event {
  seq: number;
  kind: string;
  number?: string;
  window?: string;
  ticket?: string;
}

const ticketServices = ["move_in", "seal"];
export const bookedService = "move_in";

export const isDone = (sent: Sent) => sent.answer !== undefined && sent.answer.status < 300;

export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Times of a month that do not overlap, so that each hold takes exactly one place of one of them.
export async function freeSlots(api: Api): Promise<Slot[]> {
  const path = `/api/v1/offices/${office}/services/${bookedService}`;
  const { days } = await api.ok(api.get(`${path}/days?days=31`));
  const slots: Slot[] = [];
  for (const day of days as { date: string; state: string }[]) {
    if (day.state !== "many") continue;
    const { times } = await api.ok(api.get(`${path}/times?date=${day.date}`));
    for (const slot of times as Slot[]) {
      const last = slots.at(-1);
      if (slot.free > 0 && (!last || last.end <= slot.start)) slots.push(slot);
    }
  }
  return slots;
}

export async function allEvents(api: Api, of = office): Promise<Event[]> {
  const events: Event[] = [];
  for (;;) {
    const after = events.at(-1)?.seq ?? 0;
    const page = await api.ok(api.get(`/api/v1/offices/${of}/events?after=${after}&limit=1000`));
    events.push(...page.events);
    if (page.events.length < 1000) return events;
  }
}

export interface People {
  citizen: Api;
  kiosk: Api;
  clerk: Api;
}

class Broken extends Error {}

export class Load {
  readonly sent: Sent[] = [];
  private acknowledged = 0;
  private isStopped = false;
  private keys = 0;
  private readonly people: People;
  private readonly slots: Slot[];
  private readonly random: () => number;
  private readonly name: string;

  constructor(people: People, slots: Slot[], random: () => number, name: string) {
    this.people = people;
    this.slots = slots;
    this.random = random;
    this.name = name;
  }

  static async people(server: Server): Promise<People> {
    return {
      citizen: new Api(server),
      kiosk: Api.device(server, `${office}-kiosk-1`),
      clerk: await Api.clerk(server, office),
    };
  }

  // Runs until `count` things are acknowledged, then calls `reached` at once, with many requests under way; returns when
  // every client has seen the fault or finished its last request.
  async run(count: number, reached: () => void): Promise<void> {
    const note = () => {
      this.acknowledged += 1;
      if (this.acknowledged === count) {
        this.isStopped = true;
        reached();
      }
    };
    const forever = (step: () => Promise<void>) => this.repeat(step);
    await Promise.all([
      ...Array.from({ length: 8 }, () => forever(() => this.bookOnce(note))),
      ...Array.from({ length: 6 }, (_, i) => forever(() => this.pullOnce(note, i))),
      ...Array.from({ length: 4 }, (_, i) => forever(() => this.serveOnce(note, i + 1))),
    ]);
  }

  // Sends again what got no answer, with the same keys, and keeps what is answered now.
  async settle(): Promise<void> {
    for (const sent of this.sent) {
      if (!sent.answer || sent.answer.status >= 500) sent.answer = await this.post(sent);
    }
  }
  post(sent: Sent): Promise<Answer> {
    return sent.api.post(sent.path, sent.body, sent.key);
  }

  private async repeat(step: () => Promise<void>): Promise<void> {
    try {
      while (!this.isStopped) await step();
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
    }
  }

  private async send(
    note: () => void,
    kind: Kind,
    api: Api,
    path: string,
    body: Record<string, unknown>,
    key = this.nextKey(),
  ): Promise<Answer> {
    const sent: Sent = { kind, api, path, body, key };
    this.sent.push(sent);
    try {
      sent.answer = await this.post(sent);
    } catch (error) {
      // The connection ended. Anything else, such as an answer that breaks the contract, is a failure.
      if (error instanceof TypeError) throw new Broken();
      throw error;
    }
    if (sent.answer.status >= 500) throw new Broken();
    if (isDone(sent)) note();
    return sent.answer;
  }

  private nextKey(): string {
    this.keys += 1;
    return `${this.name}-${String(this.keys).padStart(6, "0")}`;
  }

  private async bookOnce(note: () => void): Promise<void> {
    const slot = this.slots[Math.floor(this.random() * this.slots.length)] as Slot;
    const { citizen } = this.people;
    const held = await this.send(note, "hold", citizen, "/api/v1/holds", {
      office,
      service: bookedService,
      date: slot.date,
      time: slot.time,
    });
    if (held.status !== 201 || this.isStopped) return;
    const body = { hold: held.body.hold, locale: "ja" };
    await this.send(note, "book", citizen, "/api/v1/reservations", body);
  }

  private async pullOnce(note: () => void, client: number): Promise<void> {
    const key = this.nextKey();
    const service = ticketServices[client % ticketServices.length];
    const body = { issuer: "fault", message_id: key, service };
    await this.send(
      note,
      "ticket",
      this.people.kiosk,
      `/api/v1/offices/${office}/tickets`,
      body,
      key,
    );
  }

  private async serveOnce(note: () => void, window: number): Promise<void> {
    const path = `/api/v1/offices/${office}/windows/${window}/commands`;
    const press = (command: "open" | "next" | "start", more = {}) =>
      this.send(note, command, this.people.clerk, path, { command, ...more });
    const called = await press("next");
    if (called.status < 300) {
      if (!this.isStopped) await press("start");
    } else if (called.body.code === "window_not_yours") {
      await press("open", { groups: ["A", "C"] });
    } else if (called.body.code !== "nobody_waiting") {
      await press("start");
    }
  }
}
