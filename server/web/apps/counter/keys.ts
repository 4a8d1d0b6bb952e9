// The clerk's keys, by physical key, so that a Japanese input mode does not matter. Pure.
// Letters work outside text fields only; keys with Ctrl, Alt or Meta belong to the browser (but Ctrl+Z takes back).
import type { Action } from "./model.ts";

export type Intent =
  | { kind: "go" }
  | { kind: "action"; action: Action }
  | { kind: "undo" }
  | { kind: "note" }
  | { kind: "desk" }
  | { kind: "answer" }
  | { kind: "keys" }
  | { kind: "kiosks" }
  | { kind: "search" }
  | { kind: "move"; step: 1 | -1 }
  | { kind: "call_picked" }
  | { kind: "region"; number: 1 | 2 | 3 }
  | { kind: "next_region" }
  | { kind: "leave" };

export interface Press {
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
}

/** What has the focus: a text field keeps its letters, another button keeps Space and Enter. */
export type Focus = "page" | "text" | "control";

const letters: Record<string, Intent> = {
  KeyR: { kind: "action", action: "recall" },
  KeyX: { kind: "action", action: "absent" },
  KeyB: { kind: "action", action: "put_back" },
  KeyH: { kind: "action", action: "hold" },
  KeyT: { kind: "action", action: "transfer" },
  KeyF: { kind: "action", action: "finish" },
  KeyG: { kind: "action", action: "groups" },
  KeyP: { kind: "action", action: "pause" },
  KeyU: { kind: "undo" },
  KeyN: { kind: "note" },
  KeyD: { kind: "desk" },
  KeyA: { kind: "answer" },
  KeyK: { kind: "kiosks" },
  Slash: { kind: "search" },
  Digit1: { kind: "region", number: 1 },
  Digit2: { kind: "region", number: 2 },
  Digit3: { kind: "region", number: 3 },
};

export function intentOf(press: Press, focus: Focus): Intent | undefined {
  if (press.altKey || press.metaKey) return undefined;
  if (press.ctrlKey) {
    const isUndo = press.code === "KeyZ" && !press.shiftKey && !press.repeat && focus !== "text";
    return isUndo ? { kind: "undo" } : undefined;
  }
  if (press.code === "ArrowDown") return { kind: "move", step: 1 };
  if (press.code === "ArrowUp") return { kind: "move", step: -1 };
  if (press.repeat) return undefined;
  if (press.code === "Escape") return { kind: "leave" };
  if (press.code === "F6") return { kind: "next_region" };
  if (press.code === "Enter" || press.code === "NumpadEnter") {
    return focus === "control" ? undefined : { kind: "call_picked" };
  }
  if (focus === "text") return undefined;
  if (press.code === "Space") return focus === "page" ? { kind: "go" } : undefined;
  if (press.shiftKey) return press.code === "Slash" ? { kind: "keys" } : undefined;
  return letters[press.code];
}

/** The key cap of an action, as printed on the keyboard. */
export const caps: Record<Action, string> = {
  recall: "R",
  absent: "X",
  put_back: "B",
  hold: "H",
  transfer: "T",
  finish: "F",
  groups: "G",
  pause: "P",
};
