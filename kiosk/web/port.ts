// The kiosk program's own HTTP interface (kiosk/api/api.hpp). A press that got no answer is sent again with its key:
// the program may just be starting anew, and the same key never makes a second number.
import { newKey, refusalOf } from "@matanai/web/api";
import type { OfficeByLocale } from "./model/office.ts";
import type { Refused, StaffReason, TicketAnswer } from "./model/types.ts";

const timeoutMs = 12_000;
const retryAfterMs = [300, 1000, 3000];

/** Thrown for every answer that is not what was asked for. */
export class Declined extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.code);
    this.refused = refused;
  }
}

async function send(path: string, body: unknown, locale: string, key?: string): Promise<Response> {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "Accept-Language": locale,
  };
  if (key) headers["Idempotency-Key"] = key;
  return fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

async function post(path: string, body: unknown, locale: string): Promise<Response> {
  const key = newKey();
  for (const wait of [...retryAfterMs, undefined]) {
    try {
      const response = await send(path, body, locale, key);
      if (response.ok) return response;
      const { code, title, detail, values } = await refusalOf(response);
      throw new Declined({ code, title, detail, values });
    } catch (error) {
      if (error instanceof Declined) throw error;
      if (wait === undefined) break;
      await new Promise((done) => setTimeout(done, wait));
    }
  }
  throw new Declined({
    code: "server_unreachable",
    title: "",
    detail: "",
    values: { sent: "true" },
  });
}

export async function walkIn(service: string, locale: string): Promise<TicketAnswer> {
  const response = await post("/api/walk-in", { service, locale }, locale);
  return (await response.json()) as TicketAnswer;
}

export async function checkIn(
  proof: { code?: string; token?: string },
  locale: string,
): Promise<TicketAnswer> {
  const response = await post("/api/check-in", { ...proof, locale }, locale);
  return (await response.json()) as TicketAnswer;
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
