// From keys to deeds: listens to the whole page while a clerk works at a window.
import { t } from "../../words/index.ts";
import { goTo } from "./calls.ts";
import { focusGo, pressGo, send, tell } from "./control.ts";
import { type Focus, type Intent, intentOf } from "./keys.ts";
import {
  type Action,
  type Allowed,
  allowedOf,
  callThisOf,
  commandOf,
  findNumber,
  pickNeighbour,
} from "./model.ts";
import { dialog, isStale, line, own, picked, pickedTicket, sought } from "./state.ts";

const textFields = "input:not([type=checkbox], [type=radio]), textarea, select";
const controls = "button, a, summary, [role=button]";
const regions = ["go", "waiting", "expected", "aside"] as const;

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "page";
  if (target.matches(textFields)) return "text";
  return target.matches(controls) && !target.matches("[data-go]") ? "control" : "page";
}

/** Does an action, or says why it cannot be done now. */
export function act(action: Action): void {
  const window = own.value;
  if (!window) return;
  const allowed = allowedOf(action, window, isStale.value);
  if (allowed !== "yes") {
    tell(refusalOf(allowed));
    return;
  }
  if (action === "pause" || action === "groups") {
    dialog.value = action;
    return;
  }
  const command = commandOf(action, window);
  if (command) void send(command);
}

export function refusalOf(allowed: Exclude<Allowed, "yes">): string {
  return t(`counter.only.${allowed}`);
}

export function openDesk(): void {
  if (isStale.value) tell(refusalOf("stopped"));
  else dialog.value = "desk";
}

export function undo(): void {
  if (own.value?.undo) void send({ command: "undo" });
  else tell(t("counter.undo.nothing"));
}

/** Calls the picked person; asks once when somebody would be finished by it. */
export function callPicked(isSure = false): void {
  const window = own.value;
  const ticket = pickedTicket.value;
  if (!window || !ticket) return;
  const may = callThisOf(window, isStale.value);
  if (may === "no") {
    tell(t(isStale.value ? "counter.only.stopped" : "counter.only.free_or_serving"));
    return;
  }
  if (may === "ask" && !isSure) {
    dialog.value = "confirm_call";
    return;
  }
  const person = window.ticket ? { expected_ticket: window.ticket.id } : {};
  void send({ command: "call", ticket: ticket.id, ...person });
}

export function pick(id: string | undefined): void {
  picked.value = id;
}

function move(step: 1 | -1): void {
  pick(pickNeighbour(findNumber(line.value, sought.value), picked.value, step));
  requestAnimationFrame(() => {
    document.querySelector("tr.is-picked")?.scrollIntoView({ block: "nearest" });
  });
}

function callFound(): void {
  if (!pickedTicket.value) pick(findNumber(line.value, sought.value)[0]?.id);
  else callPicked();
}

function goToRegion(name: (typeof regions)[number]): void {
  if (name === "go") focusGo();
  else document.querySelector<HTMLElement>(`[data-region="${name}"] h2`)?.focus();
}

function nextRegion(): void {
  const current = document.activeElement?.closest("[data-region]")?.getAttribute("data-region");
  const at = regions.findIndex((name) => name === (current ?? "go"));
  goToRegion(regions[(Math.max(at, 0) + 1) % regions.length] ?? "go");
}

function leave(): void {
  pick(undefined);
  sought.value = "";
  focusGo();
}

/** False where the browser should go on with the key. */
function carryOut(intent: Intent, focus: Focus): boolean {
  switch (intent.kind) {
    case "go":
      pressGo();
      return true;
    case "action":
      act(intent.action);
      return true;
    case "undo":
      undo();
      return true;
    case "note":
      tell(t("counter.only.later_note"));
      return true;
    case "keys":
      dialog.value = "keys";
      return true;
    case "kiosks":
      dialog.value = "kiosks";
      return true;
    case "desk":
      openDesk();
      return true;
    case "answer":
      void goTo();
      return true;
    case "search":
      document.getElementById("seek")?.focus();
      return true;
    case "move":
      move(intent.step);
      return true;
    case "call_picked":
      if (focus === "page" && !pickedTicket.value) return false;
      if (focus === "text") callFound();
      else callPicked();
      return true;
    case "region":
      goToRegion(regions[intent.number] ?? "go");
      return true;
    case "next_region":
      nextRegion();
      return true;
    case "leave":
      leave();
      return true;
  }
}

/** Listens until the returned function is called. */
export function listenToKeys(): () => void {
  const down = (event: KeyboardEvent) => {
    if (dialog.value || event.isComposing) return;
    const focus = focusOf(event.target);
    const intent = intentOf(event, focus);
    if (intent && carryOut(intent, focus)) event.preventDefault();
    else if (event.code === "Enter" && event.repeat) event.preventDefault();
  };
  // A button is pressed when Space is let go: the large one has been pressed already.
  const up = (event: KeyboardEvent) => {
    if (event.code === "Space" && !dialog.value && focusOf(event.target) === "page") {
      event.preventDefault();
    }
  };
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up);
  return () => {
    document.removeEventListener("keydown", down);
    document.removeEventListener("keyup", up);
  };
}
