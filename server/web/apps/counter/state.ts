// What the counter screen knows. The server's floor is the truth; only the chosen row, the open dialog and the last
// refusal are the screen's own. Changed by control.ts alone.
import { computed, signal } from "@preact/signals";
import type {
  CommandName,
  Floor,
  Group,
  Office,
  StaffSession,
  WindowState,
} from "../../api/types.ts";
import { ticking } from "../../core/index.ts";
import { goOf, lineOf, ownWindow, type WaitingTicket } from "./model.ts";

export type Stage =
  | "loading"
  | "away"
  | "sign_in"
  | "first_password"
  | "office"
  | "window"
  | "work";
export type DialogName =
  | "keys"
  | "pause"
  | "groups"
  | "confirm_call"
  | "menu"
  | "desk"
  | "password"
  | "enter"
  | "take_over"
  | "kiosks";

/** A refusal or a hint on the large button's line, with what the clerk can do next. */
export interface Told {
  title: string;
  next: string;
}

export const progress = signal<"loading" | "away" | "ready">("loading");
export const session = signal<StaffSession | undefined>(undefined);
/** Of a sign-in whose made-up password must be changed next: nobody types it twice */
export const typedPassword = signal<string | undefined>(undefined);
export const office = signal<string | undefined>(undefined);
export const offices = signal<readonly Office[]>([]);
export const floor = signal<Floor | undefined>(undefined);
export const groups = signal<readonly Group[]>([]);
export const isStale = signal(false);
/** When the server was last heard, ms of its own clock */
export const heardAt = signal(0);
/** The window this browser worked at last */
export const remembered = signal<string | undefined>(undefined);
/** The window this screen is at; the floor says whether its clerk still holds it */
export const entered = signal<string | undefined>(undefined);
/** The window that a question is about before it is entered, and why the last one could not be */
export const asked = signal<string | undefined>(undefined);
export const chooseFault = signal("");

export const pending = signal<CommandName | undefined>(undefined);
/** The kiosk's call that is being answered */
export const answering = signal<number | undefined>(undefined);
export const told = signal<Told | undefined>(undefined);
export const picked = signal<string | undefined>(undefined);
export const dialog = signal<DialogName | undefined>(undefined);
export const sought = signal("");
/** False for 0.8 s after the large button changed its meaning */
export const isArmed = signal(true);

export const now = ticking(500).now;

export const own = computed<WindowState | undefined>(() => {
  if (!floor.value || !session.value) return undefined;
  return ownWindow(floor.value, session.value.name, entered.value);
});
export const ownId = computed(() => own.value?.window);

export const stage = computed<Stage>(() => {
  if (progress.value !== "ready") return progress.value;
  if (!session.value) return "sign_in";
  if (session.value.must_change_password) return "first_password";
  if (!office.value) return "office";
  if (!floor.value) return isStale.value ? "away" : "loading";
  return own.value ? "work" : "window";
});

export const line = computed<readonly WaitingTicket[]>(() =>
  floor.value && own.value ? lineOf(floor.value, own.value.groups) : [],
);
export const go = computed(() =>
  own.value ? goOf(own.value, line.value, isStale.value) : undefined,
);
export const pickedTicket = computed(() => line.value.find((ticket) => ticket.id === picked.value));
