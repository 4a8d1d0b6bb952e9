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
      const ready = /ready .*?(http:\/\/\S+)/.exec(text);
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
  // What clerks chose instead of their first passwords (Api.clerk).
  readonly ownPasswords = new Map<string, string>();
  private constructor(data: string, args: string[]) {
    this.data = data;
    this.args = args;
  }

  static async start(
    args: string[] = [],
    data = mkdtempSync(join(tmpdir(), "matanai-test-")),
  ): Promise<Server> {
    const server = new Server(data, ["--demo", ...args]);
    await server.restart();
    return server;
  }
  // By the real clock.
  static async startReal(data: string): Promise<Server> {
    const server = new Server(data, []);
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
  // The made-up password of an account that has not changed it.
  firstPassword(name: string): string {
    return this.secret("first-password.txt", name);
  }
  // Key of a device, as in force.
  deviceKey(device: string): string {
    return this.secret("device-keys.txt", device);
  }
  private secret(file: string, name: string): string {
    const line = readFileSync(join(this.data, file), "utf8")
      .split("\n")
      .find((row) => row.startsWith(`${name} `));
    const secret = line?.split(" ")[1];
    if (!secret) throw new Error(`${file} has no line for ${name}`);
    return secret;
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
