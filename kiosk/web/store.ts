// Runs the state machine: events in, effects out to the kiosk program. The one place with side effects.
import { followLive } from "@matanai/web/api";
import { tellClock } from "@matanai/web/core";
import { setLocale } from "@matanai/web/words";
import { signal } from "@preact/signals";
import { ring } from "./chime.ts";
import { freshModel } from "./model/idle.ts";
import type { OfficeByLocale } from "./model/office.ts";
import type { Effect, Event, KioskState, Model, Task, TicketAnswer } from "./model/types.ts";
import { update } from "./model/update.ts";
import { answerPrint, callStaff, checkIn, Declined, readOffice, walkIn } from "./port.ts";

const tickMs = 250;

export const model = signal<Model>(freshModel(performance.now()));
export const offices = signal<OfficeByLocale>({});
/** Milliseconds of the page, for what counts down on the screen. */
export const clock = signal(performance.now());

export function happen(event: Event): void {
  const { model: next, effects } = update(model.value, event, performance.now());
  model.value = next;
  for (const effect of effects) run(effect);
}

async function ask(task: Task, question: Promise<TicketAnswer>): Promise<void> {
  try {
    happen({ type: "issued", answer: await question });
  } catch (error) {
    const refused =
      error instanceof Declined
        ? error.refused
        : { code: "internal_error", title: "", detail: "", values: {} };
    happen({ type: "refused", refused, task });
  }
}

/** The screen shows by its frames whether it worked; a failure leaves it as it is. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined);
}

function run(effect: Effect): void {
  switch (effect.do) {
    case "walk_in":
      void ask("walk_in", walkIn(effect.service, effect.locale));
      break;
    case "check_in": {
      const { do: _, locale, ...proof } = effect;
      void ask("check_in", checkIn(proof, locale));
      break;
    }
    case "staff_call":
      quietly(callStaff(effect.reason));
      break;
    case "print_answer":
      quietly(answerPrint(effect.messageId, effect.cameOut));
      break;
    case "locale":
      quietly(setLocale(effect.locale, false));
      break;
    case "reload":
      location.reload();
      break;
  }
}

let officeOf = "";

// The details change a few times a day; a failed read is tried again with the next frame.
function readOfficeOf(state: KioskState): void {
  const wanted = `${state.epoch} ${state.office_version}`;
  if (wanted === officeOf || state.office_version === 0) return;
  officeOf = wanted;
  readOffice().then(
    (read) => {
      offices.value = read;
    },
    () => {
      officeOf = "";
    },
  );
}

function onFrame(state: KioskState): void {
  tellClock(state.now, state.is_demo);
  if (state.staff_called && !model.value.live?.staff_called) ring();
  readOfficeOf(state);
  happen({ type: "live", state });
}

export function start(): void {
  followLive<KioskState>({
    path: "/api/live",
    onFrame,
    onStale: (isStale) => happen({ type: "stale", isStale }),
  });
  setInterval(() => {
    clock.value = performance.now();
    happen({ type: "tick" });
  }, tickMs);
}
