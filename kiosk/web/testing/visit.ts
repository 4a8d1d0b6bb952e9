// A visitor at the model: what happens to them, one event after the other, and what is asked for meanwhile.
import { checkDigit } from "@matanai/web/core";
import { freshModel } from "../model/idle.ts";
import { shownOf } from "../model/shown.ts";
import type {
  Effect,
  Event,
  KioskState,
  Model,
  Proof,
  Refused,
  Task,
  TicketAnswer,
} from "../model/types.ts";
import { update } from "../model/update.ts";
import { liveState } from "./live.ts";

export const answer: TicketAnswer = {
  message_id: "m1",
  paper: "issued",
  ticket: {
    id: "t",
    number: "A012",
    token: "T",
    url: "http://127.0.0.1/t/T",
    office: "kokurakita",
    office_name: "小倉北区役所",
    group: "A",
    service: "move_in",
    service_name_ja: "転入届",
    service_name: "転入届",
    zone: "A",
    issued_at: "2026-11-24T01:32:00.000Z",
    people_ahead: 5,
    locale: "ja",
    is_repeat: false,
  },
};

/** A visitor: events one after the other, effects gathered. */
export class Visit {
  model: Model;
  effects: Effect[] = [];
  at = 1000;
  now = Date.parse(liveState().now);

  constructor(live: Partial<KioskState> = {}) {
    this.model = freshModel(0);
    this.does({ type: "live", state: liveState(live) });
  }

  does(...events: Event[]): this {
    for (const event of events) {
      const step = update(this.model, event, this.at);
      this.model = step.model;
      this.effects.push(...step.effects);
    }
    return this;
  }

  after(ms: number): this {
    this.at += ms;
    return this.does({ type: "tick" });
  }

  get shows(): string {
    return shownOf(this.model, this.at, this.now).kind;
  }
}

export const typed = (digits: string): Event[] =>
  [...digits].map((digit) => ({ type: "digit", digit }));
export const rightCode = `4827193${checkDigit("4827193")}`;
export const wrongCode = `4827193${(Number(checkDigit("4827193")) + 1) % 10}`;
export const refusal = (
  code: string,
  task: Task,
  values: Refused["values"] = {},
  proof?: Proof,
): Event => ({
  type: "refused",
  task,
  refused: { code, title: "", detail: "", values },
  ...(proof ? { proof } : {}),
});
