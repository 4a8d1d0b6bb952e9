// One command of matanai-server, or of another of our programs, to its end.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { binFolder, ended } from "./server.ts";

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export const run = (...args: string[]) => runProgram("matanai-server", ...args);

export async function runProgram(program: string, ...args: string[]): Promise<Ended> {
  const child = spawn(join(binFolder, program), args, {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return { code: await ended(child), out, err };
}
