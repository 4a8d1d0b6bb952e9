// What the counter screen does: signs in, follows the floor, sends commands. One command at a time; each press is one
// decision with one idempotency key, sent once and given up after 5 s without an answer.
import { effect } from "@preact/signals";
import { followLive, type Live, makeClient, Refusal, syncClock } from "../../api/index.ts";
import type { Floor, WindowCommand } from "../../api/types.ts";
import { serverNow } from "../../core/index.ts";
import { currentLocale, setLocale, t } from "../../words/index.ts";
import { recallPlace, rememberPlace } from "./memory.ts";
import { calmMs, isSilent, meaningOf, withWindow } from "./model.ts";
import { press } from "./press.ts";
import {
  dialog,
  entered,
  floor,
  go,
  groups,
  heardAt,
  isArmed,
  isStale,
  office,
  offices,
  own,
  pending,
  picked,
  progress,
  remembered,
  session,
  sought,
  told,
  typedPassword,
} from "./state.ts";

const listenEveryMs = 250;
/** A counter is back within seconds of its server */
const reconnectMs = [300, 2000] as const;
const toldForMs = 8000;
const syncEveryMs = 60_000;

const client = makeClient({ locale: currentLocale });
let live: Live | undefined;
/** Steady clock, ms */
let lastHeard = 0;

/** The words of a refusal, or of a network that did not answer. */
export function wordsOf(error: unknown): { title: string; next: string } {
  if (error instanceof Refusal && error.title) return { title: error.title, next: error.detail };
  return { title: t("counter.away.title"), next: t("counter.away.next") };
}

/** Switches the screen in place; what was told in the other language goes. */
export async function speak(locale: "ja" | "en"): Promise<void> {
  await setLocale(locale);
  told.value = undefined;
}

export async function start(): Promise<void> {
  watchMeaning();
  watchTold();
  setInterval(() => void syncClock(client), syncEveryMs);
  setInterval(listen, listenEveryMs);
  await syncClock(client);
  await resumeSession();
}

export async function resumeSession(): Promise<void> {
  progress.value = "loading";
  try {
    session.value = await client.get("/api/v1/staff/session", {});
    await enterOffice();
    // The same sign-in on the same browser: a reload leads back to the window.
    entered.value = remembered.value;
    progress.value = "ready";
  } catch (error) {
    const isSignedOut = error instanceof Refusal && !error.isNetwork && error.status < 500;
    progress.value = isSignedOut ? "ready" : "away";
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  const opened = await client.post("/api/v1/staff/session", { body: { name, password } });
  typedPassword.value = opened.must_change_password ? password : undefined;
  session.value = opened;
  await enterOffice();
}

/** One's own office, or the one this browser used last; city-wide staff without a memory choose. */
async function enterOffice(): Promise<void> {
  if (session.value?.must_change_password) return;
  const place = recallPlace();
  const id = session.value?.office ?? place?.office;
  if (id) {
    if (place?.office === id) remembered.value = place.window;
    follow(id);
    return;
  }
  offices.value = (await client.get("/api/v1/offices", {})).offices;
}

export function chooseOffice(id: string): void {
  remembered.value = undefined;
  rememberPlace({ office: id });
  follow(id);
}

/** Back to the list of offices; only city-wide staff have one. */
export async function leaveOffice(): Promise<void> {
  unfollow();
  offices.value = (await client.get("/api/v1/offices", {})).offices;
}

function unfollow(): void {
  entered.value = undefined;
  live?.close();
  live = undefined;
  office.value = undefined;
  floor.value = undefined;
  isStale.value = false;
}

function hear(): void {
  lastHeard = performance.now();
  heardAt.value = serverNow();
}

function makeSocket(address: string): WebSocket {
  const socket = new WebSocket(address);
  socket.addEventListener("message", () => {
    hear();
    listen();
  });
  return socket;
}

/** Silence is judged here, by every message that comes, not by tries to connect. */
function listen(): void {
  const silent = live !== undefined && isSilent(lastHeard, performance.now());
  if (silent === isStale.value) return;
  isStale.value = silent;
  if (silent) void checkSession();
  else void syncClock(client);
}

function follow(id: string): void {
  live?.close();
  if (office.value !== id) hear();
  office.value = id;
  live = followLive<Floor>({
    path: `/api/v1/offices/${id}/floor/live`,
    waitMs: reconnectMs,
    makeSocket,
    onFrame: (frame) => {
      floor.value = frame;
    },
    onStale: () => undefined,
  });
}

export function tryNow(): void {
  if (office.value) follow(office.value);
}

/** A silent line may mean that the session has ended: then the clerk signs in again. */
async function checkSession(): Promise<void> {
  try {
    session.value = await client.get("/api/v1/staff/session", {});
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) forget();
  }
}

function forget(): void {
  unfollow();
  typedPassword.value = undefined;
  session.value = undefined;
}

export async function loadGroups(
  id: string,
  lang: ReturnType<typeof currentLocale>,
): Promise<void> {
  try {
    const detail = await client.get("/api/v1/offices/{office}", {
      path: { office: id },
      query: { lang },
    });
    groups.value = detail.groups;
  } catch {
    // Letters are shown without names until the next try.
  }
}

async function post(window: string, body: WindowCommand): Promise<void> {
  const answer = await press(office.value ?? "", window, body);
  if (floor.value) floor.value = withWindow(floor.value, answer);
}

/** Carries out one command at the clerk's window. A refusal is told on the large button's line. */
export async function send(body: WindowCommand): Promise<void> {
  const window = own.value?.window;
  if (!window || pending.value || isStale.value) return;
  pending.value = body.command;
  told.value = undefined;
  try {
    await post(window, body);
    picked.value = undefined;
    sought.value = "";
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) forget();
    else told.value = wordsOf(error);
  } finally {
    pending.value = undefined;
    focusGo();
  }
}

export async function openWindow(window: string): Promise<void> {
  await post(window, { command: "open" });
  enterWindow(window);
}

/** From a clerk who went away; the person there stays at the window. */
export async function takeOverWindow(window: string): Promise<void> {
  await post(window, { command: "open", take_over: true });
  enterWindow(window);
}

/** To a window that this login holds already. */
export function enterWindow(window: string): void {
  entered.value = window;
  remembered.value = window;
  rememberPlace({ office: office.value ?? "", window });
}

/** Gives the window back. Refused while somebody is called or served. */
export async function leaveWindow(): Promise<void> {
  await send({ command: "close" });
  if (!own.value) entered.value = undefined;
}

export async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  await client.post("/api/v1/staff/password", {
    body: { old_password: oldPassword, new_password: newPassword },
  });
  const isFirst = session.value?.must_change_password;
  typedPassword.value = undefined;
  if (session.value) session.value = { ...session.value, must_change_password: false };
  if (isFirst) await enterOffice();
}

export async function signOut(): Promise<void> {
  if (own.value?.state === "free" || own.value?.state === "paused") await leaveWindow();
  try {
    await client.delete("/api/v1/staff/session");
  } finally {
    forget();
  }
}

export function pressGo(): void {
  const command = go.value?.command;
  if (!command || !isArmed.value) return;
  void send(command);
}

export function tell(title: string, next = ""): void {
  told.value = { title, next };
}

/** The large button has the focus whenever nothing else needs it. */
export function focusGo(): void {
  if (dialog.value) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-go]")?.focus());
}

function watchMeaning(): void {
  let meaning: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const next = go.value && own.value ? meaningOf(go.value, own.value) : undefined;
    if (next === meaning) return;
    meaning = next;
    isArmed.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isArmed.value = true;
    }, calmMs);
  });
}

function watchTold(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    clearTimeout(timer);
    if (!told.value) return;
    timer = setTimeout(() => {
      told.value = undefined;
    }, toldForMs);
  });
}
