// matanai.toml and the command line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { run, runProgram } from "./support/run.ts";
import { ended, Server, start } from "./support/server.ts";
import { press } from "./support/visit.ts";

const folder = mkdtempSync(join(tmpdir(), "matanai-config-"));
const file = join(folder, "matanai.toml");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

test("texts that TOML must escape come back from config as they were", async () => {
  const odd = join(folder, 'a "quoted" \\ folder\twith tab');
  const key = 'ke"y\\ with\nlines-0123456789';
  write(
    `[server]\ndata = ${JSON.stringify(odd)}\n[server.device_keys]\n"a \\"b\\"" = ${JSON.stringify(key)}\n`,
  );
  const first = await run("config", "--config", file);
  expect(first.out).toContain(String.raw`a \"quoted\" \\ folder\u0009with tab`);
  expect(first.out).toContain(String.raw`"a \"b\"" = "ke\"y\\ with\u000Alines-0123456789"`);
  write(first.out);
  const second = await run("config", "--config", file);
  expect(second).toEqual({ code: 0, out: first.out, err: "" });
});

test.each([
  ["matanai-server", ["config", "--config", file]],
  ["matanai-server", ["--config", file, "config"]],
  ["matanai-kiosk", ["config", "--config", file]],
  ["matanai-kiosk", ["--config", file, "config"]],
])("%s takes the file before and after its command: %s", async (program, args) => {
  write("[server]\nport = 4711\n\n[kiosk]\nport = 4711\n");
  const shown = await runProgram(program, ...args);
  expect(shown).toMatchObject({ code: 0, err: "" });
  expect(shown.out).toMatch(/^port = 4711$/m);
});

test("a kiosk logs in JSON lines", async () => {
  const kiosk = await start("matanai-kiosk", [
    ...["--office", "moji", "--port", "0", "--json-log", "--server", "http://127.0.0.1:9"],
    ...["--data", join(folder, "kiosk"), "--printer", "tcp:127.0.0.1:9"],
  ]);
  kiosk.process.kill("SIGTERM");
  expect(await ended(kiosk.process)).toBe(0);
  const lines = kiosk.output().trim().split("\n");
  const logged = lines.filter((line) => !line.startsWith("matanai-kiosk ready"));
  expect(logged.map((line) => JSON.parse(line).text)).toContain("stopping");
});

test("a server runs by its file", async () => {
  const data = join(folder, "by-file");
  write(`[server]\ndata = ${JSON.stringify(data)}\nport = 0\ndemo = true\n`);
  const running = await start("matanai-server", ["--config", file]);
  const clock = await (await fetch(`${running.url}/api/v1/clock`)).json();
  expect(clock).toMatchObject({ is_demo: true });
  running.process.kill("SIGTERM");
  expect(await ended(running.process)).toBe(0);
  expect(readFileSync(join(data, "first-password.txt"), "utf8")).toMatch(/^kanri \S{19}$/m);
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

test("a proxy's address that is none is refused", async () => {
  const refused = await run(
    "--data",
    join(folder, "never"),
    "--proxies",
    "192.0.2.7, proxy.example",
  );
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain('proxies has "proxy.example", which is no address');
});

test("demo mode is refused on a folder with real history", async () => {
  const data = mkdtempSync(join(tmpdir(), "matanai-real-"));
  const real = await Server.startReal(data);
  const clerk = await Api.clerk(real, "moji");
  await clerk.ok(press(clerk, 1, "open", {}, "moji"));
  expect(await real.stop()).toBe(0);
  const demo = await run("--data", data, "--port", "0", "--demo");
  expect(demo.code).not.toBe(0);
  expect(demo.err).toContain("--demo needs another --data folder");
  rmSync(data, { recursive: true, force: true });
});
