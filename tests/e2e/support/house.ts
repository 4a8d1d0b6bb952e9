// A running house for one test: the server in demo mode and, per office, one kiosk with one virtual printer, all on free
// ports with a fresh data folder. MATANAI_BIN names the build. Not for asking about results: tests look at pages and paper.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
export const binFolder = resolve(root, process.env.MATANAI_BIN ?? "build/debug/bin");

/** What everyone chooses instead of a first password. */
export const ownPassword = "correct horse battery 7";

interface Part {
  readonly program: string;
  log(): string;
  readonly child: ChildProcess;
  readonly ready: string;
}

/** The kiosk of one office, and the page of its printer's paper. */
export interface Lobby {
  readonly office: string;
  readonly kiosk: string;
  readonly paper: string;
}

export interface PaperEntry {
  id: number;
  rows: number;
  dots: number;
}

// The kernel ends the program should the test runner be killed.
function start(program: string, args: readonly string[]): Promise<Part> {
  const command = ["--pdeathsig", "TERM", join(binFolder, program), ...args];
  const child = spawn("setpriv", command, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let log = "";
  return new Promise((done, fail) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const ready = /^.* ready .*$/m.exec(out)?.[0];
      if (ready && out.includes("\n")) done({ program, child, ready, log: () => log });
    });
    child.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
    });
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`${program} ended with ${code}\n${out}${log}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.on("exit", () => done()));
}

function webAddress(part: Part): string {
  const address = /http:\/\/[^\s]+/.exec(part.ready)?.[0];
  if (!address) throw new Error(`no address in "${part.ready}"`);
  return address.replace(/\/$/, "");
}

export class House {
  readonly #data = mkdtempSync(join(tmpdir(), "matanai-e2e-"));
  readonly #parts: Part[] = [];
  readonly #lobbies = new Map<string, Lobby>();
  #server = "";

  /** rollMetres: of paper in each printer, as its kiosk counts; endless otherwise, and told as 80 m. */
  static async open(offices: readonly string[], rollMetres?: number): Promise<House> {
    const house = new House();
    try {
      await house.#startServer();
      for (const office of offices) await house.#startLobby(office, rollMetres);
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  async #start(program: string, args: readonly string[]): Promise<Part> {
    const part = await start(program, args);
    this.#parts.push(part);
    return part;
  }

  async #startServer(): Promise<void> {
    const data = join(this.#data, "server");
    const part = await this.#start("matanai-server", ["--data", data, "--port", "0", "--demo"]);
    this.#server = webAddress(part);
  }

  async #startLobby(office: string, rollMetres?: number): Promise<void> {
    const printer = await this.#start("matanai-print", [
      ...["emulate", "--port=0", "--page-port=0"],
      ...(rollMetres ? [`--roll=${rollMetres}`] : []),
    ]);
    const port = /printer ([0-9.]+:[0-9]+)/.exec(printer.ready)?.[1];
    if (!port) throw new Error(`no printer port in "${printer.ready}"`);
    const kiosk = await this.#start("matanai-kiosk", [
      ...["--data", join(this.#data, `kiosk-${office}`), "--port", "0", "--office", office],
      ...["--server", this.#server, "--device-key", this.deviceKey(`${office}-kiosk-1`)],
      ...["--printer", `tcp:${port}`],
      ...(rollMetres ? [`--roll-metres=${rollMetres}`] : []),
    ]);
    const lobby = { office, kiosk: webAddress(kiosk), paper: webAddress(printer) };
    this.#lobbies.set(office, lobby);
  }

  get server(): string {
    return this.#server;
  }

  lobby(office: string): Lobby {
    const lobby = this.#lobbies.get(office);
    if (!lobby) throw new Error(`this house has no lobby at ${office}`);
    return lobby;
  }

  /** Of an account that has not changed it. */
  firstPassword(name: string): string | undefined {
    return this.#secret("first-password.txt", name);
  }

  deviceKey(device: string): string {
    const key = this.#secret("device-keys.txt", device);
    if (!key) throw new Error(`no key for ${device}`);
    return key;
  }

  #secret(file: string, name: string): string | undefined {
    const path = join(this.#data, "server", file);
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    return new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1];
  }

  hallAddress(office: string): string {
    return `${this.#server}/hall/${office}#key=${this.deviceKey(`${office}-hall-1`)}`;
  }

  async get<T>(path: string): Promise<T> {
    return read<T>(await fetch(this.#server + path));
  }

  async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(this.#server + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
        origin: this.#server,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return read<T>(answer);
  }

  /** Of the server, in ms. */
  async now(): Promise<number> {
    return Date.parse((await this.get<{ now: string }>("/api/v1/clock")).now);
  }

  async moveClockBy(seconds: number): Promise<void> {
    if (seconds > 0) await this.post("/api/v1/clock", { by_ms: Math.ceil(seconds * 1000) });
  }

  async moveClockTo(instant: string): Promise<void> {
    await this.moveClockBy((Date.parse(instant) - (await this.now())) / 1000);
  }

  /** Newest first. */
  async papers(office: string): Promise<PaperEntry[]> {
    const answer = await fetch(`${this.lobby(office).paper}/papers`);
    return (await read<{ papers: PaperEntry[] }>(answer)).papers;
  }

  async paperPicture(office: string, id: number): Promise<Buffer> {
    const answer = await fetch(`${this.lobby(office).paper}/papers/${id}.png`);
    if (!answer.ok) throw new Error(`no picture of paper ${id}: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async setPrinterFaults(office: string, faults: Record<string, boolean>): Promise<void> {
    const answer = await fetch(`${this.lobby(office).paper}/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(faults),
    });
    await read(answer);
  }

  /** Faults that come by themselves: `matanai-print emulate --help`. */
  async loadPrinterScript(office: string, text: string): Promise<void> {
    const answer = await fetch(`${this.lobby(office).paper}/script`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    await read(answer);
  }

  /** Programs that ended by themselves, with the end of their logs. */
  endedParts(): string[] {
    const isOver = ({ child }: Part) => child.exitCode !== null || child.signalCode !== null;
    return this.#parts
      .filter(isOver)
      .map(
        ({ program, child, log }) => `${program}: ${child.exitCode ?? child.signalCode}\n${log()}`,
      );
  }

  /** The kiosks go on alone. */
  async stopServer(): Promise<void> {
    const at = this.#parts.findIndex(({ program }) => program === "matanai-server");
    for (const { child } of this.#parts.splice(at, 1)) {
      child.kill("SIGTERM");
      await ended(child);
    }
  }

  async close(): Promise<void> {
    for (const { child } of this.#parts.toReversed()) {
      child.kill("SIGTERM");
      await ended(child);
    }
    rmSync(this.#data, { recursive: true, force: true });
  }
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
