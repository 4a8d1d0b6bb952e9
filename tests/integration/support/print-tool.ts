// Runs matanai-print: once, for a while, or as a virtual printer; and a folder for its files.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { binFolder, ended } from "./server.ts";

export const folder = mkdtempSync(join(tmpdir(), "matanai-print-"));
export const file = (name: string): string => join(folder, name);
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const one of running) {
    one.kill("SIGTERM");
    await ended(one);
  }
  rmSync(folder, { recursive: true, force: true });
});

export interface Ended {
  code: number | null;
  out: string;
  err: string;
  bytes: Buffer;
}

export function launch(...args: string[]): ChildProcess {
  const child = spawn(join(binFolder, "matanai-print"), args, { stdio: ["pipe", "pipe", "pipe"] });
  running.push(child);
  return child;
}

export async function run(args: string[], input = ""): Promise<Ended> {
  const child = launch(...args);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin?.on("error", () => {}); // it may end before it has read all
  child.stdin?.end(input);
  const code = await new Promise<number | null>((done) => child.on("close", done));
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString(), err: Buffer.concat(err).toString(), bytes };
}

/** What the program has said until it said this. */
export function until(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let said = "";
  return new Promise((done, fail) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = pattern.exec(said);
      if (found) done(found);
    });
    child.on("exit", (code) => fail(new Error(`ended with ${code}\n${said}`)));
  });
}

export interface Emulator {
  /** "tcp:127.0.0.1:9100" */
  to: string;
  port: number;
  page: string;
}

/** `faults`: a script. */
export async function emulate(args: string[] = [], faults = ""): Promise<Emulator> {
  if (faults) {
    writeFileSync(file("faults.txt"), `${faults}\n`);
    args = [...args, "--faults", file("faults.txt")];
  }
  const child = launch("emulate", "--port", "0", "--page-port", "0", ...args);
  const [, port, page] = await until(child, /printer 127\.0\.0\.1:(\d+) page (http:\S+)/);
  return { to: `tcp:127.0.0.1:${port}`, port: Number(port), page: page ?? "" };
}

export async function sample(locale = "ja"): Promise<string> {
  const made = await run(["sample", "--locale", locale]);
  expect(made.code).toBe(0);
  const path = file(`${locale}.json`);
  writeFileSync(path, made.out);
  return path;
}

export function post(page: string, path: string, body: unknown): Promise<Response> {
  return fetch(page + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export async function setFaults(page: string, faults: Record<string, boolean>): Promise<void> {
  expect((await post(page, "/faults", faults)).status).toBe(200);
}

export interface Sheet {
  id: number;
  dots: number;
  rows: number;
  codes: string[];
}
export async function papers(page: string): Promise<Sheet[]> {
  return (await (await fetch(`${page}/papers`)).json()).papers;
}
