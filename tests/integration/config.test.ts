// matanai.toml, the command line, and the tool for passwords.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { binFolder, ended, Server, start } from "./support/server.ts";

const folder = mkdtempSync(join(tmpdir(), "matanai-config-"));
const file = join(folder, "matanai.toml");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

async function run(...args: string[]): Promise<Ended> {
  const child = spawn(join(binFolder, "matanai-server"), args, {
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
const write = (text: string) => writeFileSync(file, text);

test("the file is read, the command line wins, and config prints what is in force", async () => {
  write(
    '[server]\nport = 4711\npublic_url = "https://a.example"\nquiet = true\n\n[kiosk]\nodd = 1\n',
  );
  const shown = await run("config", "--config", file, "--port", "4712");
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^\[server\]\n/);
  expect(shown.out).toMatch(/^port = 4712$/m);
  expect(shown.out).toMatch(/^public_url = "https:\/\/a\.example"$/m);
  expect(shown.out).toMatch(/^quiet = true$/m);
  expect(shown.out).toMatch(/^demo = false$/m);
});

test("what config prints can be used as the file", async () => {
  write(`[server]\ndata = ${JSON.stringify(join(folder, "data"))}\nport = 8099\n`);
  const first = await run("config", "--config", file);
  expect(first.out).toMatch(/^port = 8099$/m);
  write(first.out);
  const second = await run("config", "--config", file);
  expect(second).toEqual({ code: 0, out: first.out, err: "" });
});

test("a server runs by its file", async () => {
  const data = join(folder, "by-file");
  write(`[server]\ndata = ${JSON.stringify(data)}\nport = 0\ndemo = true\n`);
  const running = await start("matanai-server", ["--config", file]);
  const clock = await (await fetch(`${running.url}/api/v1/clock`)).json();
  expect(clock).toMatchObject({ is_demo: true });
  running.process.kill("SIGTERM");
  expect(await ended(running.process)).toBe(0);
  expect(readFileSync(join(data, "first-password.txt"), "utf8")).toMatch(/^\S{19}\n$/);
});

test.each([
  ["an unknown key", "[server]\nprot = 1\n", 'has no setting "prot"'],
  ["a number out of range", "[server]\nport = 65536\n", "port is not a number from 0 to 65535"],
  ["a text for a flag", '[server]\ndemo = "yes"\n', "demo is neither true nor false"],
  ["a file that is not TOML", "[server]\nport = = 1\n", ", line 2: "],
])("%s is refused with file and key", async (_name, text, words) => {
  write(text);
  const refused = await run("--config", file, "--data", join(folder, "never"));
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(file);
  expect(refused.err).toContain(words);
  expect(refused.out).toBe("");
});

test("a file that is not there and an unknown option are refused", async () => {
  const missing = join(folder, "nowhere.toml");
  const refused = await run("--config", missing);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(missing);
  expect((await run("--prot", "1")).code).toBe(2);
});

test("staff reset gives a new password, ends the sessions, and refuses while the server runs", async () => {
  const server = await Server.start(["--quiet"]);
  try {
    const api = new Api(server);
    const signIn = (password: string) =>
      api.call("POST", "/api/v1/staff/session", { name: "moji", password });
    const old = server.firstPassword();
    const before = await signIn(old);
    const cookie = (before.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const reset = (name: string) => run("staff", "reset", name, "--data", server.data);
    const running = await reset("moji");
    expect(running.code).not.toBe(0);
    expect(running.err).toContain(`in use by process ${server.process.pid}`);
    await server.stop();
    const unknown = await reset("nobody");
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain("no account named nobody");
    const done = await reset("moji");
    expect(done.code).toBe(0);
    const fresh = done.out.trim();
    await server.restart();
    expect((await api.get("/api/v1/staff/session", { cookie })).status).toBe(401);
    expect((await signIn(old)).body.code).toBe("bad_credentials");
    expect((await signIn(fresh)).body).toMatchObject({ name: "moji", must_change_password: true });
  } finally {
    await server.close();
  }
});

test("demo mode is refused on a folder with real history", async () => {
  const data = mkdtempSync(join(tmpdir(), "matanai-real-"));
  const running = await start("matanai-server", ["--data", data, "--port", "0"]);
  const password = readFileSync(join(data, "first-password.txt"), "utf8").trim();
  const json = { "content-type": "application/json" };
  const signedIn = await fetch(`${running.url}/api/v1/staff/session`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ name: "moji", password }),
  });
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const opened = await fetch(`${running.url}/api/v1/offices/moji/windows/1/commands`, {
    method: "POST",
    headers: { ...json, cookie, "idempotency-key": "real-history-1" },
    body: JSON.stringify({ command: "open" }),
  });
  expect(opened.status).toBe(200);
  running.process.kill("SIGTERM");
  expect(await ended(running.process)).toBe(0);
  const demo = await run("--data", data, "--port", "0", "--demo");
  expect(demo.code).not.toBe(0);
  expect(demo.err).toContain("--demo needs another --data folder");
  rmSync(data, { recursive: true, force: true });
});
