// What the touch screen can show, what can happen to it, and what it may ask for. Pure types.
import type { IssuedTicket, WaitRange } from "@matanai/web/api";
import type { Locale } from "@matanai/web/words";

/** Where the paper of a ticket is, as the kiosk's journal has it. */
export type Paper = "issued" | "printing" | "printed" | "print_failed" | "print_unknown";

export interface PaperProgress {
  message_id: string;
  number: string;
  state: Paper;
}

export interface TicketAnswer {
  message_id: string;
  ticket: IssuedTicket;
  paper: Paper;
}

/** One line of the office, and how long somebody waits who joins it now; absent while that is not known. */
export interface Line {
  group: string;
  waiting: number;
  estimate?: WaitRange;
}

/** One frame of the kiosk program: everything that is shown and not asked for. */
export interface KioskState {
  epoch: string;
  seq: number;
  build: string;
  now: string;
  is_demo: boolean;
  office: string;
  office_version: number;
  server_up: boolean;
  printer: string;
  can_print: boolean;
  /** As it calls itself; empty while that is not known */
  printer_model: string;
  /** What it is worth when it confirms a ticket */
  printer_confirms?: "printed" | "processed" | "sent";
  /** What its tickets are on the wire */
  printer_mode: "image" | "text";
  /** Left on the roll, by the kiosk's count */
  paper_metres: number;
  is_open: boolean;
  opens?: string;
  closes?: string;
  waiting: Line[];
  locales: string[];
  papers: PaperProgress[];
  question?: PaperProgress;
  staff_call?: StaffCallStage;
}

/** A refusal: `code` decides what is shown, title and detail are its words when there is no screen of its own. */
export interface Refused {
  code: string;
  title: string;
  detail: string;
  values: Readonly<Record<string, string>>;
}

export type StaffReason = "help" | "not_found" | "printer" | "no_number";
/** told: the counters see it; coming: one answered; bell: it rings here alone */
export type StaffCallStage = "calling" | "told" | "coming" | "bell";
export type CodeFault = "length" | "check";
export type Task = "walk_in" | "check_in";
/** What names a reservation: the digits typed, or what the scanner read. */
export type Proof = { code: string } | { token: string };

export type Screen =
  | { kind: "start" }
  | { kind: "languages" }
  | { kind: "groups" }
  | { kind: "services"; errand: string }
  | { kind: "code"; digits: string; fault?: CodeFault }
  | { kind: "misread" }
  | { kind: "working"; task: Task }
  | { kind: "ticket"; answer: TicketAnswer; printedAt?: number }
  /** `proof`: of the reservation that was not checked in */
  | { kind: "refused"; refused: Refused; task: Task; proof?: Proof }
  | { kind: "staff"; under: Screen };

/** What is drawn: a screen, or what stands before it. */
export type Shown =
  | Screen
  | { kind: "waking" }
  | { kind: "away" }
  | { kind: "cannot_print" }
  | { kind: "closed" }
  | { kind: "question"; paper: PaperProgress }
  | { kind: "still"; secondsLeft: number };

export interface Model {
  screen: Screen;
  locale: Locale;
  /** The visitor chose the language here; until then a reservation keeps its own */
  hasChosenLocale: boolean;
  isLarge: boolean;
  isContrast: boolean;
  /** Of the last touch, in ms of the page's own clock */
  touchedAt: number;
  /** Since when "まだ使いますか" is asked */
  stillSince?: number;
  /** Reservation numbers that were not found, or could be none, in this visit */
  misses: number;
  live?: KioskState;
  /** Nothing was heard from the kiosk program for a while */
  isStale: boolean;
  /** Of the page that runs */
  build?: string;
}

export type Event =
  | { type: "chose_none" }
  | { type: "chose_booked" }
  | { type: "chose_errand"; errand: string; services: readonly string[] }
  | { type: "chose_service"; service: string }
  | { type: "digit"; digit: string }
  | { type: "delete" }
  | { type: "clear" }
  | { type: "enter" }
  | { type: "scanned"; token: string }
  /** Of the reservation that was refused: an earlier time, or a ticket for its service instead */
  | { type: "chose_earlier"; time: string }
  | { type: "chose_ticket_instead"; service: string }
  | { type: "misread" }
  | { type: "back" }
  | { type: "home" }
  | { type: "languages" }
  | { type: "language"; locale: Locale }
  | { type: "toggle_text" }
  | { type: "toggle_contrast" }
  | { type: "call_staff"; reason: StaffReason }
  | { type: "still_here" }
  | { type: "paper_answer"; messageId: string; cameOut: boolean }
  | { type: "touch" }
  | { type: "issued"; answer: TicketAnswer }
  | { type: "refused"; refused: Refused; task: Task; proof?: Proof }
  | { type: "live"; state: KioskState }
  | { type: "stale"; isStale: boolean }
  | { type: "tick" };

export type Effect =
  | { do: "walk_in"; service: string; locale: Locale; givesUp?: Proof }
  | { do: "check_in"; proof: Proof; moveTo?: string; locale?: Locale }
  | { do: "staff_call"; reason: StaffReason }
  | { do: "print_answer"; messageId: string; cameOut: boolean }
  | { do: "locale"; locale: Locale }
  | { do: "reload" };

export interface Step {
  model: Model;
  effects: readonly Effect[];
}
