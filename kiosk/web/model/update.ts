// The touch screen's state machine: one event in, the next model and what is to be done out. Pure: time is an argument,
// and nothing is asked of server or printer here.
import { parseCode } from "@matanai/web/core";
import { afterTime, freshModel, isPristine } from "./idle.ts";
import type {
  CodeFault,
  Effect,
  Event,
  KioskState,
  Model,
  Proof,
  Screen,
  Step,
  Task,
  TicketAnswer,
} from "./types.ts";

export const codeLength = 8;

const step = (model: Model, ...effects: Effect[]): Step => ({ model, effects });
const show = (model: Model, screen: Screen): Model => ({ ...model, screen });

/** Events that are no touch of a person. */
const silent: readonly Event["type"][] = ["live", "stale", "tick", "issued", "refused"];

export function update(model: Model, event: Event, at: number): Step {
  if (silent.includes(event.type)) return onNews(model, event, at);
  // The question "still there?" stays under the finger until one of its answers is pressed.
  if (event.type === "touch" && model.stillSince !== undefined) return step(model);
  const { stillSince: _, ...awake } = model;
  return onTouch({ ...awake, touchedAt: at }, event, at);
}

function onNews(model: Model, event: Event, at: number): Step {
  switch (event.type) {
    case "live": {
      const screen = afterMending(model.screen, event.state);
      const next = { ...model, screen, live: event.state, build: model.build ?? event.state.build };
      return isPristine(next) && next.build !== event.state.build
        ? step(next, { do: "reload" })
        : step(next);
    }
    case "stale":
      return step({ ...model, isStale: event.isStale });
    case "issued":
      return onIssued(model, event.answer, at);
    case "refused":
      return onRefused(model, event, at);
    case "tick": {
      const next = afterTime(model, at);
      return next.locale === model.locale
        ? step(next)
        : step(next, { do: "locale", locale: next.locale });
    }
    default:
      return step(model);
  }
}

/** Nobody knows yet whether there is a number: the answer may still come. */
export function isUnanswered(screen: Screen): boolean {
  if (screen.kind === "staff") return isUnanswered(screen.under);
  if (screen.kind !== "refused") return false;
  return screen.refused.code === "server_unreachable" && screen.refused.values.sent !== undefined;
}

const isAwaited = ({ screen }: Model): boolean => screen.kind === "working" || isUnanswered(screen);

// A visitor who has gone on is not brought back; the ticket is printed all the same. What was booked in another
// language is shown in it.
function onIssued(model: Model, answer: TicketAnswer, at: number): Step {
  if (!isAwaited(model)) return step(model);
  const { stillSince: _, ...awake } = model;
  const next = { ...show(awake, { kind: "ticket", answer }), touchedAt: at };
  const { locale } = answer.ticket;
  if (locale === model.locale || !model.live?.locales.includes(locale)) return step(next);
  return step({ ...next, locale }, { do: "locale", locale });
}

/** What kept the kiosk from giving a number is over: the visitor may begin again. */
function afterMending(screen: Screen, live: KioskState): Screen {
  if (screen.kind === "staff") {
    const under = afterMending(screen.under, live);
    return under === screen.under ? screen : { ...screen, under };
  }
  if (screen.kind !== "refused" || isUnanswered(screen)) return screen;
  const { code } = screen.refused;
  const isMended =
    (code === "printer_not_ready" && live.can_print) ||
    (code === "server_unreachable" && live.server_up);
  return isMended ? { kind: "start" } : screen;
}

function onRefused(model: Model, event: Event & { type: "refused" }, at: number): Step {
  if (!isAwaited(model)) return step(model);
  const { refused, task, proof } = event;
  const next = { ...model, touchedAt: at };
  if (task === "check_in" && refused.code === "invalid_fields") {
    return step(show(next, { kind: "misread" }));
  }
  const misses = next.misses + (refused.code === "check_in_not_found" ? 1 : 0);
  const screen: Screen = { kind: "refused", refused, task, ...(proof ? { proof } : {}) };
  return step({ ...next, misses, screen });
}

function onTouch(model: Model, event: Event, at: number): Step {
  // The answer that is awaited must find its screen.
  if (model.screen.kind === "working") return onLook(model, event);
  switch (event.type) {
    case "chose_none":
      return step(show(model, { kind: "groups" }));
    case "chose_booked":
      return step(show(model, { kind: "code", digits: "" }));
    case "chose_errand":
      return onErrand(model, event);
    case "chose_service":
      return walkIn(model, event.service);
    case "digit":
    case "delete":
    case "clear":
    case "enter":
      return onKey(model, event);
    case "scanned":
      return mayScan(model) ? checkIn(model, { token: event.token }) : step(model);
    case "chose_earlier":
    case "chose_ticket_instead":
      return onRefusedReservation(model, event);
    case "misread":
      return step(mayScan(model) ? show(model, { kind: "misread" }) : model);
    case "back":
      return step(show(model, screenBefore(model.screen)));
    case "home":
      return home(model, at);
    default:
      return onSetting(model, event);
  }
}

/** How the screen looks is the visitor's own at any time. */
function onLook(model: Model, event: Event): Step {
  if (event.type === "toggle_text") return step({ ...model, isLarge: !model.isLarge });
  if (event.type === "toggle_contrast") return step({ ...model, isContrast: !model.isContrast });
  return step(model);
}

function onSetting(model: Model, event: Event): Step {
  switch (event.type) {
    case "languages":
      return step(show(model, { kind: "languages" }));
    case "language": {
      const next = {
        ...show(model, { kind: "start" }),
        locale: event.locale,
        hasChosenLocale: true,
      };
      return step(next, { do: "locale", locale: event.locale });
    }
    case "call_staff":
      if (model.screen.kind === "staff") return step(model);
      return step(show(model, { kind: "staff", under: model.screen }), {
        do: "staff_call",
        reason: event.reason,
      });
    case "paper_answer":
      return step(model, {
        do: "print_answer",
        messageId: event.messageId,
        cameOut: event.cameOut,
      });
    default:
      return onLook(model, event);
  }
}

function home(model: Model, at: number): Step {
  const next = freshModel(at, model);
  return next.locale === model.locale
    ? step(next)
    : step(next, { do: "locale", locale: next.locale });
}

function walkIn(model: Model, service: string, givesUp?: Proof): Step {
  return step(show(model, { kind: "working", task: "walk_in" }), {
    do: "walk_in",
    service,
    locale: model.locale,
    ...(givesUp ? { givesUp } : {}),
  });
}

function checkIn(model: Model, proof: Proof, moveTo?: string): Step {
  return step(show(model, { kind: "working", task: "check_in" }), {
    do: "check_in",
    proof,
    ...(moveTo ? { moveTo } : {}),
    ...(model.hasChosenLocale ? { locale: model.locale } : {}),
  });
}

/** Only where the screen offered it: the reservation is the one that it tells of. */
function onRefusedReservation(
  model: Model,
  event: Event & { type: "chose_earlier" | "chose_ticket_instead" },
): Step {
  const { screen } = model;
  if (screen.kind !== "refused" || !screen.proof) return step(model);
  return event.type === "chose_earlier"
    ? checkIn(model, screen.proof, event.time)
    : walkIn(model, event.service, screen.proof);
}

function onErrand(model: Model, event: Event & { type: "chose_errand" }): Step {
  const [only, ...more] = event.services;
  if (only !== undefined && more.length === 0) return walkIn(model, only);
  return step(show(model, { kind: "services", errand: event.errand }));
}

function onKey(model: Model, event: Event): Step {
  if (model.screen.kind !== "code") return step(model);
  const { digits } = model.screen;
  const typed = (next: string, fault?: CodeFault): Step =>
    step(show(model, { kind: "code", digits: next, ...(fault ? { fault } : {}) }));
  switch (event.type) {
    case "digit":
      return digits.length < codeLength ? typed(digits + event.digit) : step(model);
    case "delete":
      return typed(digits.slice(0, -1));
    case "clear":
      return typed("");
    default: {
      const parsed = parseCode(digits);
      if ("code" in parsed) return checkIn(model, parsed);
      if (parsed.fault !== "check") return typed(digits, "length");
      const next = typed(digits, "check");
      return step({ ...next.model, misses: model.misses + 1 });
    }
  }
}

/** A scan is taken wherever it cannot disturb a running request or hide a number. */
function mayScan(model: Model): boolean {
  return !["working", "ticket", "staff"].includes(model.screen.kind);
}

function screenBefore(screen: Screen): Screen {
  switch (screen.kind) {
    case "services":
      return { kind: "groups" };
    case "staff":
      return screen.under;
    case "refused":
      return afterRefusal(screen.task);
    default:
      return { kind: "start" };
  }
}

function afterRefusal(task: Task): Screen {
  return task === "check_in" ? { kind: "code", digits: "" } : { kind: "groups" };
}
