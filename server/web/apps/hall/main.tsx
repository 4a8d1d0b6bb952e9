// The hall display: registers with its key once, follows the board, announces calls one after another.
import { signal } from "@preact/signals";
import { render } from "preact";
import { followLive, makeClient, syncClock } from "../../api/index.ts";
import type { Board } from "../../api/types.ts";
import { serverNow } from "../../core/index.ts";
import "../../ui/style.css";
import { keyOfHash, officeOfPath, openDevice } from "./device.ts";
import "./hall.css";
import { boardOfZone, type HallEvent, reduce, startState } from "./model.ts";
import { Screen } from "./screen.tsx";
import { makeSound } from "./sound.ts";
import { type SetupFault, SetupView } from "./views/setup/setup.tsx";
import { both } from "./words.ts";

const tickMs = 200;
const retryMs = 3000;
const syncEveryMs = 60_000;
/** A hall is back within seconds of its server */
const reconnectMs = [300, 2000] as const;

const client = makeClient({ locale: () => "ja" });
const office = officeOfPath(location.pathname);
const zone = new URLSearchParams(location.search).get("zone") ?? undefined;
const state = signal(startState);
const fault = signal<SetupFault | undefined>(office ? undefined : "address");
const heardAt = signal(serverNow());
/** Undefined until the server has told the time */
const now = signal<number | undefined>(undefined);
const sound = makeSound();

function happen(event: HallEvent): void {
  const before = state.value;
  state.value = reduce(before, event);
  const { current, isStale } = state.value;
  if (current && current.call.call !== before.current?.call.call) sound.ring();
  if (isStale !== before.isStale) onLine(isStale);
}

/** A silent line may mean that this display is no longer registered; a line that is back may bring another clock. */
function onLine(isStale: boolean): void {
  if (!isStale) void tellTime();
  else if (office) void register(office);
}

function Page() {
  if (fault.value) {
    return (
      <div class="m-hall" data-state="setup">
        <div />
        <SetupView fault={fault.value} />
      </div>
    );
  }
  return (
    <Screen
      state={state.value}
      zone={zone}
      now={now.value}
      heardAt={heardAt.value}
      isMute={sound.isBlocked.value}
    />
  );
}

async function tellTime(): Promise<void> {
  await syncClock(client);
  now.value = serverNow();
}

async function register(officeId: string): Promise<boolean> {
  const key = keyOfHash(location.hash);
  const device = await openDevice(client, officeId, key);
  if (device === "unreachable") return false;
  if (key) history.replaceState(null, "", location.pathname + location.search);
  if (device === "known") return true;
  fault.value = device;
  return false;
}

function makeSocket(address: string): WebSocket {
  const socket = new WebSocket(address);
  socket.addEventListener("message", () => {
    heardAt.value = serverNow();
    happen({ kind: "heard", at: performance.now() });
  });
  return socket;
}

function follow(officeId: string): void {
  followLive<Board>({
    path: `/api/v1/offices/${officeId}/board/live`,
    waitMs: reconnectMs,
    makeSocket,
    onFrame: (board) => {
      document.title = both("hall.title", { office: board.office_name }).ja;
      happen({ kind: "frame", board: boardOfZone(board, zone), at: performance.now() });
    },
    // Silence is judged by the model, which hears every message.
    onStale: () => undefined,
  });
  setInterval(() => happen({ kind: "tick", at: performance.now() }), tickMs);
  setInterval(() => void tellTime(), syncEveryMs);
  setInterval(() => {
    now.value = serverNow();
  }, 1000);
}

async function start(officeId: string): Promise<void> {
  while (!(await register(officeId))) {
    if (fault.value) return;
    await new Promise((done) => setTimeout(done, retryMs));
  }
  await tellTime();
  follow(officeId);
}

const root = document.getElementById("app");
if (root) render(<Page />, root);
if (office) void start(office);
