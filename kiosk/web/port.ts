// The kiosk program's own HTTP interface (kiosk/api/api.hpp). A press that got no answer is sent again with its key:
// the program may just be starting anew, and the same key never makes a second number. After 8 s in all the visitor is told.
import { newKey, refusalOf } from "@matanai/web/api";
import type { OfficeByLocale } from "./model/office.ts";
import type { Effect, Proof, Refused, StaffReason, TicketAnswer } from "./model/types.ts";

const timeoutMs = 8000;
const retryAfterMs = [300, 1000, 3000];
/** A repeat while the visitor already reads that there is no answer */
const askAgainMs = 4000;

/** Thrown for every answer that is not what was asked for. */
export class Declined extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.code);
    this.refused = refused;
  }
}

async function send(
  path: string,
  body: unknown,
  locale: string,
  key: string,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    "Content-Type": "application/json",
    "Accept-Language": locale,
    "Idempotency-Key": key,
  };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

interface Patience {
  key: string;
  totalMs: number;
  waits: readonly number[];
}

async function post(
  path: string,
  body: unknown,
  locale: string,
  { key, totalMs, waits }: Patience = { key: newKey(), totalMs: timeoutMs, waits: retryAfterMs },
): Promise<Response> {
  const signal = AbortSignal.timeout(totalMs);
  for (const wait of [...waits, undefined]) {
    try {
      const response = await send(path, body, locale, key, signal);
      if (response.ok) return response;
      const { code, title, detail, values } = await refusalOf(response);
      throw new Declined({ code, title, detail, values });
    } catch (error) {
      if (error instanceof Declined) throw error;
      if (wait === undefined || signal.aborted) break;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
  throw new Declined({
    code: "server_unreachable",
    title: "",
    detail: "",
    values: { sent: "true", silent: "true" },
  });
}

/** One decision of a visitor: asked, and asked again later with the same key, so that it gives one number. */
export interface Question {
  ask(): Promise<TicketAnswer>;
  askAgain(): Promise<TicketAnswer>;
}

function question(path: string, body: unknown, locale: string): Question {
  const key = newKey();
  const answer = async (totalMs: number, waits: readonly number[]) => {
    const response = await post(path, body, locale, { key, totalMs, waits });
    return (await response.json()) as TicketAnswer;
  };
  return {
    ask: () => answer(timeoutMs, retryAfterMs),
    askAgain: () => answer(askAgainMs, []),
  };
}

export function walkIn(service: string, locale: string, givesUp?: Proof): Question {
  const body = { service, locale, ...(givesUp ? { gives_up: givesUp } : {}) };
  return question("/api/walk-in", body, locale);
}

/** `locale` is left out where the visitor chose no language here: then the reservation's own is used. */
export function checkIn(
  { proof, moveTo, locale }: Effect & { do: "check_in" },
  spoken: string,
): Question {
  const body = {
    ...proof,
    ...(moveTo ? { move_to: moveTo } : {}),
    ...(locale ? { locale } : {}),
  };
  return question("/api/check-in", body, spoken);
}

export async function answerPrint(messageId: string, cameOut: boolean): Promise<void> {
  await post("/api/print-answer", { message_id: messageId, came_out: cameOut }, "ja");
}

export async function callStaff(reason: StaffReason): Promise<void> {
  await post("/api/staff-call", { reason }, "ja");
}

export async function readOffice(): Promise<OfficeByLocale> {
  const response = await fetch("/api/office", { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw await refusalOf(response);
  return ((await response.json()) as { locales: OfficeByLocale }).locales;
}
