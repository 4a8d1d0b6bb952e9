// For benchmarks: a matanai-server of one's own in demo mode, calls over kept connections, figures as JSON lines.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";

export const office = "kokurakita";
const bin = process.env.MATANAI_BIN ?? "build/release/bin";

/** Starts it on the disk of the checkout; a memory file system would flatter what is durable. */
export async function startServer() {
  mkdirSync("build/bench", { recursive: true });
  const data = mkdtempSync("build/bench/server-");
  const args = ["--data", data, "--port", "0", "--demo", "--unlimited", "--quiet"];
  const child = spawn(join(bin, "matanai-server"), args, { stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill("SIGKILL")); // of a benchmark that failed
  const url = await new Promise((ready, failed) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /ready (http:\/\/\S+)\n/.exec(text);
      if (found) ready(found[1]);
    });
    child.on("exit", (code) => failed(new Error(`matanai-server ended with ${code}`)));
  });
  const lineOf = (file, name) =>
    readFileSync(join(data, file), "utf8")
      .split("\n")
      .find((line) => line.startsWith(name));
  return {
    url,
    deviceKey: (name) => lineOf("device-keys.txt", `${name} `).split(" ")[1],
    firstPassword: (name) => lineOf("first-password.txt", `${name} `).split(" ")[1],
    /** Memory in use, in kB. */
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)[1]);
    },
    stop: async () => {
      child.removeAllListeners("exit");
      const ended = new Promise((done) => child.on("exit", done));
      child.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** One request; POSTs carry a fresh idempotency key. Returns status, headers and the parsed body. */
export function call(url, agent, method, path, { body, headers = {} } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { hostname, port } = new URL(url);
  const all = { ...headers };
  if (text !== undefined) {
    all["content-type"] = "application/json";
    all["content-length"] = Buffer.byteLength(text);
    all["idempotency-key"] = randomUUID();
  }
  return new Promise((resolve, reject) => {
    const request = http.request(
      { agent, host: hostname, port, method, path, headers: all },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = Buffer.concat(chunks).toString();
          const isJson = (response.headers["content-type"] ?? "").includes("json");
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: isJson && answer ? JSON.parse(answer) : answer,
          });
        });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

/** The cookie of the administrator's session, with a password of their own. */
export async function signIn(server, agent) {
  const password = server.firstPassword("kanri");
  const post = (path, body, headers = {}) =>
    call(server.url, agent, "POST", path, { body, headers });
  const answer = await post("/api/v1/staff/session", { name: "kanri", password });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  const cookie = answer.headers["set-cookie"][0].split(";")[0];
  const change = { old_password: password, new_password: randomUUID() };
  const changed = await post("/api/v1/staff/password", change, { cookie });
  if (changed.status !== 204) throw new Error(`password: ${changed.status}`);
  return cookie;
}

export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const rounded = (value) => Number(value.toFixed(value < 10 ? 2 : 1));
export function print(name, value, unit, how) {
  console.log(JSON.stringify({ name, value: rounded(value), unit, how }));
}
/** A figure with its bar; kind: most, least or exactly. */
export function judge(name, value, unit, bar, how, kind = "most") {
  const shown = rounded(value);
  const isMet = { most: shown <= bar, least: shown >= bar, exactly: value === bar };
  const ok = isMet[kind];
  const said = kind === "exactly" ? kind : `at ${kind}`;
  console.log(JSON.stringify({ name, value: shown, unit, bar, ok, how: `${said}; ${how}` }));
}
