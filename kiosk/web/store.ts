// Runs the state machine: events in, effects out to the kiosk program. The one place with side effects.
import { followLive } from "@matanai/web/api";
import { tellClock } from "@matanai/web/core";
import { setLocale } from "@matanai/web/words";
import { signal } from "@preact/signals";
import { ring } from "./chime.ts";
import { freshModel } from "./model/idle.ts";
import type { OfficeByLocale } from "./model/office.ts";
import type { Effect, Event, KioskState, Model, Proof, Refused, Task } from "./model/types.ts";
import { isUnanswered, update } from "./model/update.ts";
import {
  answerPrint,
  callStaff,
  checkIn,
  Declined,
  type Question,
  readOffice,
  walkIn,
} from "./port.ts";

const tickMs = 250;
const askAgainEveryMs = 2000;
/** The kiosk's own program: a silence is shown within 5 s */
const staleAfterMs = 4500;

export const model = signal<Model>(freshModel(performance.now()));
export const offices = signal<OfficeByLocale>({});
/** Milliseconds of the page, for what counts down on the screen. */
export const clock = signal(performance.now());

export function happen(event: Event): void {
  const { model: next, effects } = update(model.value, event, performance.now());
  model.value = next;
  for (const effect of effects) run(effect);
}

function refusedOf(error: unknown): Refused {
  if (error instanceof Declined) return error.refused;
  return { code: "internal_error", title: "", detail: "", values: {} };
}

interface Asked {
  task: Task;
  /** What it is that is checked in */
  proof?: Proof;
}

async function ask(asked: Asked, question: Question): Promise<void> {
  try {
    happen({ type: "issued", answer: await question.ask() });
  } catch (error) {
    happen({ type: "refused", refused: refusedOf(error), ...asked });
    if (isUnanswered(model.value.screen)) await keepAsking(asked, question);
  }
}

/** Reasons why it is still not known whether there is a number. */
const undecided: readonly string[] = ["server_unreachable", "printer_not_ready", "internal_error"];

/** As long as the same visitor reads that there is no answer: it may come late, and then belongs on the screen. */
async function keepAsking(asked: Asked, question: Question): Promise<void> {
  const begun = unansweredScreen();
  for (;;) {
    await new Promise((done) => setTimeout(done, askAgainEveryMs));
    if (unansweredScreen() !== begun) return;
    try {
      const answer = await question.askAgain();
      if (unansweredScreen() === begun) happen({ type: "issued", answer });
      return;
    } catch (error) {
      const refused = refusedOf(error);
      if (undecided.includes(refused.code)) continue;
      if (unansweredScreen() === begun) happen({ type: "refused", refused, ...asked });
      return;
    }
  }
}

/** The screen that says so, also under the one that tells of the bell. */
function unansweredScreen(): Model["screen"] | undefined {
  const { screen } = model.value;
  if (!isUnanswered(screen)) return undefined;
  return screen.kind === "staff" ? screen.under : screen;
}

/** The screen shows by its frames whether it worked; a failure leaves it as it is. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined);
}

function run(effect: Effect): void {
  switch (effect.do) {
    case "walk_in":
      void ask({ task: "walk_in" }, walkIn(effect.service, effect.locale, effect.givesUp));
      break;
    case "check_in":
      void ask({ task: "check_in", proof: effect.proof }, checkIn(effect, model.value.locale));
      break;
    case "staff_call":
      // The bell rings here, whatever the program answers.
      ring();
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
  if (state.staff_call && !model.value.live?.staff_call) ring();
  readOfficeOf(state);
  happen({ type: "live", state });
}

export function start(): void {
  followLive<KioskState>({
    path: "/api/live",
    staleAfterMs,
    onFrame,
    onStale: (isStale) => happen({ type: "stale", isStale }),
  });
  setInterval(() => {
    clock.value = performance.now();
    happen({ type: "tick" });
  }, tickMs);
}
