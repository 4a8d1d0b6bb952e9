// The virtual printer's page as a program sees it (each path, each refusal, the live socket), and what a fault that is
// set there does to print and status.
import { connect, type Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import {
  type Emulator,
  emulate,
  launch,
  papers,
  post,
  run,
  sample,
  setFaults,
  until,
} from "./support/print-tool.ts";
import { ended } from "./support/server.ts";

interface State {
  epoch: string;
  seq: number;
  state: string;
  faults: Record<string, boolean>;
  has_client: boolean;
  has_cutter_error: boolean;
  cut: number;
  received: number;
  mm_used: number;
  mm_left?: number;
  hanging_rows: number;
  unknown_commands: number;
  bytes_lost: number;
  script: { text: string; has_fired: boolean }[];
}

const stateOf = async (page: string): Promise<State> => (await fetch(`${page}/state`)).json();

const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

/** A host's bytes on the printer's port; they are in when this ends. */
async function send({ port, page }: Emulator, bytes: number[]): Promise<Socket> {
  const before = (await stateOf(page)).received;
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  socket.write(Uint8Array.from(bytes));
  await expect
    .poll(async () => (await stateOf(page)).received, { timeout: 10_000 })
    .toBe(before + bytes.length);
  return socket;
}

const feed = [0x1b, 0x4a, 200];
const cut = [0x1d, 0x56, 0x42, 0];

test("GET /: the page in the reader's language, with its files", async () => {
  const { page } = await emulate(["--dialect", "star", "--dots", "384"]);
  for (const [language, words] of [
    ["en", "Star, mC-Print3"],
    ["ja", "スター方式 mC-Print3"],
    ["fr", "スター方式 mC-Print3"],
  ] as const) {
    const answer = await fetch(page, { headers: { "accept-language": language } });
    expect(answer.headers.get("content-type")).toContain("text/html");
    const html = await answer.text();
    expect(html).toContain(words);
    expect(html, "no place left open").not.toContain("{{");
    expect(html, "no word without translation").not.toMatch(/paper\.page\./);
  }
  const style = await fetch(`${page}/page/paper.css`);
  expect(style.headers.get("content-type")).toContain("text/css");
  const script = await fetch(`${page}/page/paper.js`);
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(await script.text()).toContain("WebSocket");
});

test.each([
  "/page/none.js",
  "/page/index.html",
  "/page/../paper_page.cpp",
  "/papers/1.png",
  "/papers/x.png",
  "/papers/1.gif",
  "/hanging.png",
  "/elsewhere",
])("GET %s: there is none", async (path) => {
  const { page } = await healthy();
  expect((await fetch(page + path)).status).toBe(404);
});

let one: Promise<Emulator> | undefined;
/** One printer for the tests that leave it as it is. */
function healthy(): Promise<Emulator> {
  one ??= emulate();
  return one;
}

test("GET /papers, /papers/N.png, /hanging.png, /state: what came out and what still hangs", async () => {
  const printer = await emulate(["--roll", "80", "--keep", "2"]);
  const { page } = printer;
  const socket = await send(printer, [...feed, ...cut, ...feed, ...cut, ...feed, ...cut, ...feed]);
  const sheets = await papers(page);
  expect(
    sheets.map(({ id }) => id),
    "the newest two",
  ).toEqual([3, 2]);
  expect(sheets[0]).toMatchObject({ dots: 576, rows: 200, codes: [] });
  expect((await fetch(`${page}/papers/1.png`)).status, "no longer kept").toBe(404);
  for (const path of ["/papers/3.png", "/hanging.png"]) {
    const picture = await fetch(page + path);
    expect(picture.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([576, 200]);
  }
  expect(await stateOf(page)).toMatchObject({
    state: "ready",
    has_client: true,
    cut: 3,
    hanging_rows: 200,
    mm_used: 145,
    mm_left: 79_855,
    unknown_commands: 0,
    bytes_lost: 0,
  });
  socket.destroy();
  await expect.poll(async () => (await stateOf(page)).has_client).toBe(false);
});

test("POST /faults changes what is named and leaves the rest", async () => {
  const { page } = await emulate();
  await setFaults(page, { cover_open: true, slow: true });
  const answer = await post(page, "/faults", { cover_open: false, near_end: true });
  const { state, faults } = (await answer.json()) as State;
  expect(state).toBe("paper_near_end");
  expect(faults).toMatchObject({ cover_open: false, slow: true, near_end: true, paper_out: false });
});

test.each([
  ["/faults", { fire: true }, 422, "/fire"],
  ["/faults", { paper_out: "yes" }, 422, "/paper_out"],
  ["/faults", "{", 400, ""],
  ["/script", {}, 422, "/text"],
  ["/script", { text: "\nrow x paper_out" }, 422, 'line 2: \\"x\\" is no number'],
  ["/do", { action: "explode" }, 422, '\\"explode\\" is no action'],
  ["/do", { action: 7 }, 422, "/action"],
  ["/do", { action: "late 3m" }, 422, "is no time"],
])("POST %s %j is refused, and why", async (path, body, status, message) => {
  const { page } = await healthy();
  const answer = await post(page, path, body);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(message);
  expect(await stateOf(page)).toMatchObject({ state: "ready", script: [] });
});

test("another method than the path's is refused", async () => {
  const { page } = await healthy();
  expect((await fetch(`${page}/faults`)).status).toBe(405);
  expect((await post(page, "/papers", {})).status).toBe(405);
});

test("POST /script replaces the script, and each line tells when it happened", async () => {
  const printer = await emulate([], "row 5000 near_end");
  const { page } = printer;
  const answer = await post(page, "/script", {
    text: "# of paper\nrow 100 paper_out\ncut 1 cover_open",
  });
  expect(((await answer.json()) as State).script).toEqual([
    { text: "row 100 paper_out", has_fired: false },
    { text: "cut 1 cover_open", has_fired: false },
  ]);
  await send(printer, feed);
  expect(await stateOf(page)).toMatchObject({
    state: "paper_out",
    hanging_rows: 100,
    script: [{ has_fired: true }, { has_fired: false }],
  });
});

test("POST /do acts at once, POST /power-cycle forgets and breaks the connection", async () => {
  const printer = await emulate();
  const { page } = printer;
  for (const [path, body] of [
    ["/do", { action: "rst" }],
    ["/power-cycle", {}],
  ] as const) {
    const socket = await send(printer, feed);
    const closed = new Promise((done) => socket.on("close", done));
    expect((await post(page, path, body)).status).toBe(200);
    await closed;
    expect((await stateOf(page)).has_client).toBe(false);
  }
  expect((await stateOf(page)).hanging_rows, "paper stays").toBe(400);
  await post(page, "/do", { action: "cover_open" });
  expect((await stateOf(page)).state).toBe("cover_open");
  await post(page, "/do", { action: "heal" });
  expect((await stateOf(page)).state).toBe("ready");
});

test("/live tells the state at once and after every change, in order", async () => {
  const printer = await emulate();
  const socket = new WebSocket(`${printer.page.replace("http", "ws")}/live`);
  const frames: State[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(data.toString())));
  const seen = (is: (frame: State) => boolean) =>
    expect.poll(() => frames.some(is), { timeout: 10_000 }).toBe(true);
  await seen(({ state }) => state === "ready");
  await setFaults(printer.page, { paper_out: true });
  await seen(({ state }) => state === "paper_out");
  await post(printer.page, "/do", { action: "heal" });
  await send(printer, [...feed, ...cut]);
  await seen(({ cut }) => cut === 1);
  const numbers = frames.map(({ seq }) => seq);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(new Set(frames.map(({ epoch }) => epoch)).size).toBe(1);
  socket.terminate();
});

test("a full buffer without handshake loses bytes, and the page counts them", async () => {
  const printer = await emulate(["--buffer", "64", "--no-handshake"], "now offline");
  await send(printer, Array(100).fill(0));
  expect((await stateOf(printer.page)).bytes_lost).toBe(36);
});

// Set live on the page's own path, as its buttons do; what print and the watching status say.
test.each([
  ["paper_out", "paper_out"],
  ["cover_open", "cover_open"],
  ["offline", "offline"],
  ["overheated", "overheated"],
  ["unrecoverable", "error"],
  ["silent", "not_answering"],
  ["half_open", "not_answering"],
  ["never_read", "not_answering"],
  ["near_end", "paper_near_end"],
])("the live fault %s is watched as %s and its end as ready", async (fault, word) => {
  const { to, page } = await emulate();
  const child = launch("status", "--to", to, "--watch");
  await until(child, /^ready: .*\n/m);
  await setFaults(page, { [fault]: true });
  await until(child, new RegExp(`^${word}: .*\n`, "m"));
  if (fault === "unrecoverable") await post(page, "/power-cycle", {});
  else await setFaults(page, { [fault]: false });
  await until(child, /^ready: .*\n/m);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(0);
});

// What becomes of one ticket; "came out": whole tickets on paper.
test.each([
  ["row 300 paper_out", 2, /^failed, printer: paper_out/, 0],
  ["now near_end", 0, /^confirmed \(printed\), printer: paper_near_end/, 1],
  ["row 300 cover_open", 2, /^failed, printer: cover_open/, 0],
  ["now offline", 2, /^failed, printer: offline/, 0],
  ["now jam_before_blade", 0, /^confirmed/, 0],
  ["now jam_after_blade", 0, /^confirmed/, 1],
  ["now slow", 0, /^confirmed \(printed\)/, 1],
  ["now overheat 2s", 2, /^failed, printer: overheated/, 0],
  ["row 300 overheat 2s", 0, /^confirmed \(printed\)/, 1],
  ["now lost_answer", 0, /^confirmed/, 1],
  ["now split_answers", 0, /^confirmed \(printed\)/, 1],
  ["now noise", 0, /^confirmed \(printed\)/, 1],
  ["now xon_xoff", 0, /^confirmed \(printed\)/, 1],
  ["now late 700ms", 0, /^confirmed/, 1],
  ["now unrecoverable", 2, /^failed, printer: error/, 0],
  ["now refuse", 2, /^failed, printer: not_answering/, 0],
])("printing while the script says %j ends with %i", async (script, code, said, out) => {
  const { to, page } = await emulate(script.includes("slow") ? ["--speed", "100"] : [], script);
  const printed = await run(["print", await sample(), "--to", to]);
  expect(printed.out).toMatch(said);
  expect(printed.code).toBe(code);
  expect(await papers(page)).toHaveLength(out);
});

// How much the wire took before the printer went away is chance: a ticket sent in part cannot have
// come out; of one sent whole nobody knows.
test("a power cut within the ticket is failed, or unknown when all was sent", async () => {
  const { to, page } = await emulate([], "row 300 power_cycle 1s");
  const printed = await run(["print", await sample(), "--to", to]);
  const verdict = /^(failed, .*only a part was sent|unknown)/.exec(printed.out)?.[1];
  expect(verdict, printed.out).toBeDefined();
  expect(printed.code).toBe(verdict === "unknown" ? 3 : 2);
  expect(await papers(page)).toHaveLength(0);
});
