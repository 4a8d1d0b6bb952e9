// What the visitor has entered so far: kept in sessionStorage over reload, Back, errors and a change of language, and
// what is wrong with it. Pure but for load and save.
import type { Help, Hold, Reservation, ReservationRequest } from "../../api/types.ts";
import { parseMail, parsePhone } from "../../core/codes.ts";
import type { Locale } from "../../words/index.ts";

export type ContactKind = "phone" | "mail" | "none";

export interface Draft {
  hold: Hold | null;
  contactKind: ContactKind;
  phone: string;
  mail: string;
  help: Help[];
  /** Language of the interpreter, "" = not chosen */
  interpreterLocale: string;
  /** The last request and its key: the same request again is the same command */
  sent: { body: string; key: string } | null;
  reservation: Reservation | null;
}

export const emptyDraft: Draft = {
  hold: null,
  contactKind: "phone",
  phone: "",
  mail: "",
  help: [],
  interpreterLocale: "",
  sent: null,
  reservation: null,
};

const storageKey = "booking-draft";

export function loadDraft(storage: Pick<Storage, "getItem"> = sessionStorage): Draft {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? "null");
    if (typeof stored === "object" && stored !== null) return { ...emptyDraft, ...stored };
  } catch {
    // Storage is off or holds something else: begin anew.
  }
  return emptyDraft;
}

export function saveDraft(draft: Draft, storage: Pick<Storage, "setItem"> = sessionStorage): void {
  try {
    storage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // Storage is off: the draft lives as long as the page.
  }
}

export type FaultyField = "phone" | "mail" | "interpreter";

export interface Fault {
  field: FaultyField;
  /** Key under booking.fault */
  code: string;
}

export function faultsOf(draft: Draft, locale: Locale): Fault[] {
  const faults: Fault[] = [];
  if (draft.contactKind === "phone") {
    const read = parsePhone(draft.phone);
    if ("fault" in read) faults.push({ field: "phone", code: `phone_${read.fault}` });
  }
  if (draft.contactKind === "mail") {
    const read = parseMail(draft.mail);
    if ("fault" in read) faults.push({ field: "mail", code: `mail_${read.fault}` });
  }
  if (asksInterpreterLanguage(draft, locale) && draft.interpreterLocale === "") {
    faults.push({ field: "interpreter", code: "interpreter_language" });
  }
  return faults;
}

/** Who reads Japanese and wants an interpreter must say for which language; others have said it with the page. */
export function asksInterpreterLanguage(draft: Draft, locale: Locale): boolean {
  return draft.help.includes("interpreter") && locale.startsWith("ja");
}

/** The request of a draft without faults. The reservation's language is the interpreter's, if there is one. */
export function requestOf(draft: Draft, hold: Hold, locale: Locale): ReservationRequest {
  const spoken = asksInterpreterLanguage(draft, locale)
    ? (draft.interpreterLocale as Locale)
    : locale;
  const request: ReservationRequest = { hold: hold.hold, help: draft.help, locale: spoken };
  if (draft.contactKind === "phone") {
    const read = parsePhone(draft.phone);
    if ("phone" in read) request.contact = { phone: read.phone };
  }
  if (draft.contactKind === "mail") {
    const read = parseMail(draft.mail);
    if ("mail" in read) request.contact = { mail: read.mail };
  }
  return request;
}
