// Who is gone leaves nothing behind: after 45 s without a touch the kiosk asks, after 20 s more it starts anew, language
// and sizes included; a ticket that is on paper stays for 8 s. Pure.
import { paperOf } from "./paper.ts";
import type { Model } from "./types.ts";

export const askAfterMs = 45_000;
export const answerWithinMs = 20_000;
export const ticketStaysMs = 8_000;
const homeLocale = "ja";

export function freshModel(at: number, from?: Model): Model {
  return {
    screen: { kind: "start" },
    locale: homeLocale,
    hasChosenLocale: false,
    isLarge: false,
    isContrast: false,
    touchedAt: at,
    misses: 0,
    isStale: from?.isStale ?? false,
    ...(from?.live ? { live: from.live } : {}),
    ...(from?.build ? { build: from.build } : {}),
  };
}

/** Nothing that a visitor left: the kiosk may stay like this for ever. */
export function isPristine(model: Model): boolean {
  return (
    model.screen.kind === "start" &&
    model.locale === homeLocale &&
    !model.hasChosenLocale &&
    !model.isLarge &&
    !model.isContrast &&
    model.misses === 0
  );
}

/** The model after time has passed; the same object when nothing follows from it. */
export function afterTime(model: Model, at: number): Model {
  const { screen } = model;
  if (screen.kind === "working" || isPristine(model)) return model;
  if (screen.kind === "ticket" && paperOf(model, screen.answer) === "printed") {
    if (screen.printedAt === undefined) return { ...model, screen: { ...screen, printedAt: at } };
    const since = Math.max(screen.printedAt, model.touchedAt);
    return at - since >= ticketStaysMs ? freshModel(at, model) : model;
  }
  if (model.stillSince !== undefined) {
    return at - model.stillSince >= answerWithinMs ? freshModel(at, model) : model;
  }
  if (at - model.touchedAt < askAfterMs) return model;
  if (screen.kind === "start" || screen.kind === "languages") return freshModel(at, model);
  return { ...model, stillSince: at };
}

/** Whole seconds until the ticket goes away; nothing while its paper is not out. */
export function ticketSecondsLeft(model: Model, at: number): number | undefined {
  const { screen } = model;
  if (screen.kind !== "ticket" || screen.printedAt === undefined) return undefined;
  const since = Math.max(screen.printedAt, model.touchedAt);
  return Math.max(0, Math.ceil((ticketStaysMs - (at - since)) / 1000));
}

export function stillSecondsLeft(model: Model, at: number): number {
  return Math.max(0, Math.ceil((answerWithinMs - (at - (model.stillSince ?? at))) / 1000));
}
