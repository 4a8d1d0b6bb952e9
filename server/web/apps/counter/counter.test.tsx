// The screen against a server played by the test: a socket that the test feeds, commands that it answers.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Floor, WindowCommand } from "../../api/types.ts";
import { bundle } from "../../words/generated/counter.ts";
import { startWords } from "../../words/index.ts";
import { App } from "./app.tsx";
import { start } from "./control.ts";
import { rememberPlace } from "./memory.ts";
import { calmMs, silentMs } from "./model.ts";
import { entered } from "./state.ts";
import { floor, waiting, windowAt } from "./testing/floors.ts";

class FakeSocket extends EventTarget {
  static last: FakeSocket | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    super();
    FakeSocket.last = this;
  }
  send(): void {}
  close(): void {}
  say(data: unknown): void {
    const event = new MessageEvent("message", { data: JSON.stringify(data) });
    this.onmessage?.(event);
    this.dispatchEvent(event);
  }
}

interface Sent {
  body: WindowCommand;
  key: string | null;
}

let sent: Sent[] = [];
let answer: () => Response | Promise<Response>;
let seq = 0;

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const frame = (more: Partial<Floor>) => FakeSocket.last?.say({ ...floor(more), seq: ++seq });
const goButton = () => document.querySelector<HTMLElement>("[data-go]");
const press = (code: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { code });
const settle = () => vi.advanceTimersByTimeAsync(50);
const calm = () => vi.advanceTimersByTimeAsync(calmMs);

async function fakeFetch(address: string, request?: RequestInit): Promise<Response> {
  if (address.endsWith("/commands")) {
    const key = new Headers(request?.headers).get("Idempotency-Key");
    sent.push({ body: JSON.parse(String(request?.body)), key });
    return answer();
  }
  if (address.endsWith("/staff/session")) {
    const clerk = { name: "yamamoto", display_name: "山本", office: "kokurakita" };
    return json({ ...clerk, must_change_password: false });
  }
  if (address.endsWith("/clock")) return json({ now: floor().as_of, is_demo: false, offset_ms: 0 });
  return json({ groups: [] });
}

describe("the counter screen", () => {
  beforeAll(async () => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe() {}
        disconnect() {}
      },
    );
    vi.stubGlobal("fetch", fakeFetch);
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    rememberPlace({ office: "kokurakita", window: "3" });
    await startWords(bundle, "ja");
    await start();
  });
  beforeEach(async () => {
    sent = [];
    answer = () => json(windowAt("called"));
    render(<App />);
    await settle();
  });
  afterEach(cleanup);

  const showServing = async () => {
    frame({ windows: [windowAt("serving")], waiting: [waiting("A045"), waiting("A046")] });
    await settle();
  };

  it("finishes the person it shows and calls the next with one key", async () => {
    await showServing();
    await calm();
    press("Space");
    await settle();
    expect(sent.map((one) => one.body)).toEqual([{ command: "next", expected_ticket: "t-A044" }]);
    expect(sent[0]?.key).toMatch(/^\w{16,}$/);
    expect(goButton()?.dataset.go).toBe("arrived");
  });

  it("ignores the second press of a double press", async () => {
    await showServing();
    await calm();
    press("Space");
    await settle();
    press("Space");
    await settle();
    expect(sent).toHaveLength(1);
    await calm();
    press("Space");
    await settle();
    expect(sent[1]?.body.command).toBe("start");
  });

  it("tells a refusal beside the button and stays usable", async () => {
    answer = () =>
      json({ code: "ticket_taken", title: "A045 は2番窓口が呼びました。", detail: "次へ" }, 409);
    await showServing();
    await calm();
    press("Space");
    await settle();
    expect(screen.getByText("A045 は2番窓口が呼びました。")).toBeTruthy();
    expect(goButton()?.dataset.go).toBe("finish_and_call");
    press("KeyF");
    await settle();
    expect(sent[1]?.body).toEqual({ command: "finish", expected_ticket: "t-A044" });
  });

  it("gives a press up without an answer, says so, and does not send it again", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    await showServing();
    await calm();
    press("Space");
    await settle();
    expect(screen.getByText("届いたか分かりません。")).toBeTruthy();
    expect(goButton()?.getAttribute("aria-busy")).toBeNull();
    await vi.advanceTimersByTimeAsync(4000);
    expect(sent).toHaveLength(1);
  });

  it("says why an action does nothing now, and what is not built yet", async () => {
    await showServing();
    press("KeyR");
    await settle();
    expect(screen.getByText("呼出中のときに使えます", { selector: "b" })).toBeTruthy();
    press("KeyT");
    await settle();
    expect(screen.getByText(/引継ぎは準備中です/, { selector: "b" })).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("asks once before a chosen person is called while somebody is served", async () => {
    await showServing();
    press("ArrowDown");
    press("ArrowDown");
    await settle();
    press("Enter");
    await settle();
    expect(sent).toEqual([]);
    fireEvent.click(document.querySelector("[data-confirm]") as Element);
    await settle();
    expect(sent.map((one) => one.body)).toEqual([
      { command: "call", ticket: "t-A046", expected_ticket: "t-A044" },
    ]);
  });

  it("leaves letters to the search field", async () => {
    await showServing();
    const field = document.getElementById("seek") as HTMLInputElement;
    field.focus();
    fireEvent.keyDown(field, { code: "KeyF" });
    fireEvent.input(field, { target: { value: "46" } });
    await settle();
    expect(sent).toEqual([]);
    const rows = [...document.querySelectorAll("tbody tr[data-number]")];
    expect(rows.map((row) => row.getAttribute("data-number"))).toEqual(["A046"]);
  });

  it("stops calling when the line is silent, and goes on when it is back", async () => {
    await showServing();
    await vi.advanceTimersByTimeAsync(silentMs + 500);
    expect(goButton()?.dataset.go).toBe("stopped");
    press("Space");
    await settle();
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    await showServing();
    expect(goButton()?.dataset.go).toBe("finish_and_call");
  });

  const click = async (selector: string) => {
    fireEvent.click(document.querySelector(selector) as Element);
    await settle();
  };

  it("says that a window is open by the same login before it enters", async () => {
    entered.value = undefined;
    await showServing();
    expect(goButton()).toBeNull();
    expect(screen.getByText("このアカウントで開いています")).toBeTruthy();
    await click('[data-window="3"]');
    expect(goButton()).toBeNull();
    await click("[data-confirm]");
    expect(goButton()?.dataset.go).toBe("finish_and_call");
    expect(sent).toEqual([]);
  });

  it("takes a window over from a clerk who went away, after asking once", async () => {
    entered.value = undefined;
    frame({ windows: [windowAt("serving", { staff: "sato", staff_name: "佐藤" })] });
    await settle();
    await click('[data-take-over="3"]');
    expect(sent).toEqual([]);
    answer = () => json(windowAt("serving"));
    await click("[data-confirm]");
    expect(sent.map((one) => one.body)).toEqual([{ command: "open", take_over: true }]);
    expect(goButton()?.dataset.go).toBe("finish");
  });
});
