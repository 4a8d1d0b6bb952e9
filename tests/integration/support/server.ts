// A real matanai-server on a free port with a fresh data folder. MATANAI_BIN names the build (sanitizer builds run the same files).
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
export const binFolder = resolve(root, process.env.MATANAI_BIN ?? "build/debug/bin");

export interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  output(): string;
}

// Starts a program and waits for its ready line.
export function start(program: string, args: string[]): Promise<Running> {
  const child = spawn(join(binFolder, program), args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  return new Promise((done, fail) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const ready = /ready (http:\/\/\S+)/.exec(text);
      if (ready?.[1]) done({ process: child, url: ready[1], output: () => text });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`${program} ended with ${code}\n${text}`)));
  });
}

export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.on("exit", (code) => done(code)));
}

export class Server {
  private running: Running | undefined;
  readonly data: string;
  private readonly args: string[];
  private constructor(data: string, args: string[]) {
    this.data = data;
    this.args = args;
  }

  static async start(
    args: string[] = [],
    data = mkdtempSync(join(tmpdir(), "matanai-test-")),
  ): Promise<Server> {
    const server = new Server(data, args);
    await server.restart();
    return server;
  }

  async restart(): Promise<void> {
    const web = resolve(binFolder, "../../web/server");
    this.running = await start("matanai-server", [
      "--data",
      this.data,
      "--port",
      "0",
      "--demo",
      "--web",
      web,
      ...this.args,
    ]);
  }

  get url(): string {
    if (!this.running) throw new Error("server is not running");
    return this.running.url;
  }
  get process(): ChildProcess {
    if (!this.running) throw new Error("server is not running");
    return this.running.process;
  }
  output(): string {
    return this.running?.output() ?? "";
  }
  firstPassword(): string {
    return readFileSync(join(this.data, "first-password.txt"), "utf8").trim();
  }
  // Key of a device as the server made it up in demo mode.
  deviceKey(device: string): string {
    const line = readFileSync(join(this.data, "device-keys.txt"), "utf8")
      .split("\n")
      .find((row) => row.startsWith(`${device} `));
    const key = line?.split(" ")[1];
    if (!key) throw new Error(`no key for ${device}`);
    return key;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await ended(this.process);
  }
  async stop(): Promise<number | null> {
    if (!this.running) return null;
    this.process.kill("SIGTERM");
    const code = await ended(this.process);
    this.running = undefined;
    return code;
  }
  async close(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
