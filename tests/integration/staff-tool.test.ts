// Accounts from the command line, and keys of devices that the operator chose.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api, ownPassword } from "./support/api.ts";
import { run } from "./support/run.ts";
import { Server } from "./support/server.ts";

let server: Server;
beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  await server.stop();
});
afterAll(() => server.close());

const staff = (...args: string[]) => run("staff", ...args, "--data", server.data);
const list = async () => (await staff("list")).out.split("\n");
const firstNames = () =>
  readFileSync(join(server.data, "first-password.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[0]);

test("first passwords are on disk before there are accounts: a start that cannot keep them makes none", async () => {
  const data = mkdtempSync(join(tmpdir(), "matanai-first-"));
  const inTheWay = join(data, "first-password.txt.new");
  mkdirSync(inTheWay);
  const failed = await run("--data", data, "--port", "0", "--demo");
  expect(failed.code).toBe(1);
  expect(failed.err).toContain("first-password.txt.new");
  expect((await run("staff", "list", "--data", data)).err).toContain("no accounts");
  rmSync(inTheWay, { recursive: true });
  const fresh = await Server.start(["--quiet"], data);
  await Api.signIn(fresh, "moji", fresh.firstPassword("moji"));
  await fresh.close();
});

test("list names every account, its office and whether its password is still made up", async () => {
  const listed = await staff("list");
  expect([listed.code, listed.err]).toEqual([0, ""]);
  expect(listed.out).toMatch(/^kanri +admin +\(every\) +made up +\S+$/m);
  expect(listed.out).toMatch(/^moji +clerk +moji +made up +\S+/m);
  expect(listed.out.trim().split("\n")).toHaveLength(9);
});

test("an added clerk signs in with the printed password, and chooses an own one", async () => {
  const added = await staff("add", "Tanaka", "--office", "moji", "--shown-as", "田中");
  expect([added.code, added.err]).toEqual([0, ""]);
  const password = added.out.trim();
  expect(password).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  expect(await list()).toContainEqual(
    expect.stringMatching(/^tanaka +clerk +moji +made up +田中$/),
  );
  await server.restart();
  const clerk = await Api.signIn(server, "tanaka", password);
  const who = await clerk.ok(clerk.get("/api/v1/staff/session"));
  expect(who).toEqual({
    name: "tanaka",
    display_name: "田中",
    office: "moji",
    must_change_password: true,
  });
  const change = { old_password: password, new_password: ownPassword };
  await clerk.ok(clerk.post("/api/v1/staff/password", change));
  await server.stop();
  expect(await list()).toContainEqual(expect.stringMatching(/^tanaka +clerk +moji +own +田中$/));
});

test.each([
  [["add", "kanri", "--office", "moji"], 1, "there is an account named kanri already"],
  [["add", "with space", "--office", "moji"], 1, "is not 1 to 64 of a-z"],
  [["add", "suzuki"], 1, "a clerk needs --office"],
  [["add", "suzuki", "--office", "atlantis"], 1, "there is no office atlantis; there are moji, "],
  [["add", "suzuki", "--office", "moji", "--role", "king"], 2, "--role"],
  [["add"], 2, "NAME is required"],
  [["reset", "nobody"], 1, "there is no account named nobody"],
  [["remove", "nobody"], 1, "there is no account named nobody"],
  [["remove", "kanri"], 1, "kanri is the last administrator: add another one first"],
  [["frob"], 2, "subcommand is required"],
  [[], 2, "subcommand is required"],
] as const)("staff %j is refused with code %i and a sentence", async (args, code, words) => {
  const before = await list();
  const refused = await staff(...args);
  expect([refused.code, refused.out]).toEqual([code, ""]);
  expect(refused.err).toContain(words);
  expect(await list()).toEqual(before);
});

test("a folder in which no server ever ran has no accounts to add to", async () => {
  const empty = mkdtempSync(join(tmpdir(), "matanai-empty-"));
  const refused = await run("staff", "add", "tanaka", "--office", "moji", "--data", empty);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("start the server once first");
  rmSync(empty, { recursive: true });
});

test("reset and remove end sessions and passwords; the file of first passwords forgets them", async () => {
  await server.restart();
  const moji = await Api.signIn(server, "moji", server.firstPassword("moji"));
  const tobata = await Api.signIn(server, "tobata", server.firstPassword("tobata"));
  const old = server.firstPassword("moji");
  const gone = server.firstPassword("tobata");
  await server.stop();
  const reset = await staff("reset", "moji");
  expect(reset.code).toBe(0);
  expect((await staff("remove", "tobata")).code).toBe(0);
  expect(firstNames()).not.toContain("moji");
  expect(firstNames()).not.toContain("tobata");
  expect(firstNames()).toContain("kanri");
  await server.restart();
  for (const api of [moji, tobata]) {
    expect((await api.get("/api/v1/staff/session")).body.code).toBe("not_signed_in");
  }
  await expect(Api.signIn(server, "moji", old)).rejects.toThrow("401");
  await expect(Api.signIn(server, "tobata", gone)).rejects.toThrow("401");
  await Api.signIn(server, "moji", reset.out.trim());
  await server.stop();
});

test("while the server runs every staff command says what to do", async () => {
  await server.restart();
  for (const args of [["list"], ["add", "x", "--office", "moji"], ["reset", "moji"]]) {
    const refused = await staff(...args);
    expect([refused.code, refused.out]).toEqual([3, ""]);
    expect(refused.err).toContain(`in use by process ${server.process.pid}`);
    expect(refused.err).toContain("stop the server, run this again");
  }
  await server.stop();
});

test("the help of staff teaches its commands and exit codes", async () => {
  const help = await run("staff", "--help");
  expect(help.code).toBe(0);
  for (const word of ["list", "add", "reset", "remove", "Exit code"]) {
    expect(help.out).toContain(word);
  }
  expect((await run("staff", "add", "--help")).out).toContain("--office");
});

test("a replaced device key counts from the next start, the old one no more", async () => {
  const id = "moji-kiosk-1";
  const file = join(server.data, "matanai.toml");
  const keys = join(server.data, "device-keys.txt");
  const derived = server.deviceKey(id);
  const own = "chosen-by-the-operator-1";
  writeFileSync(file, `[server.device_keys]\n${id} = "${own}"\n`);
  const statusOf = async (at: Server, key: string) => {
    const headers = { authorization: `Device ${key}` };
    return (await new Api(at).get("/api/v1/devices/session", headers)).status;
  };
  const replaced = await Server.start(["--quiet", "--config", file], server.data);
  expect([await statusOf(replaced, own), await statusOf(replaced, derived)]).toEqual([200, 401]);
  expect(replaced.deviceKey(id)).toBe(own);
  expect(statSync(keys).mode & 0o777).toBe(0o600);
  await replaced.stop();
  await server.restart();
  expect([await statusOf(server, derived), await statusOf(server, own)]).toEqual([200, 401]);
  expect(server.deviceKey(id)).toBe(derived);
  await server.stop();
});

test.each([
  ['nowhere-kiosk-1 = "chosen-by-the-operator-1"', 1, "names nowhere-kiosk-1, which is no device"],
  ['moji-kiosk-1 = "short"', 1, "the key of the device moji-kiosk-1 must be 20 to 128"],
  ["moji-kiosk-1 = 5", 2, '[server.device_keys] has no text for "moji-kiosk-1"'],
] as const)("the device key %s is refused at the start", async (line, code, words) => {
  const file = join(server.data, "matanai.toml");
  writeFileSync(file, `[server.device_keys]\n${line}\n`);
  const refused = await run("--config", file, "--data", server.data, "--port", "0", "--demo");
  expect(refused.code).toBe(code);
  expect(refused.err).toContain(words);
});

test("config shows replaced keys so that its output can be the file", async () => {
  const file = join(server.data, "matanai.toml");
  writeFileSync(file, '[server.device_keys]\nmoji-hall-1 = "chosen-by-the-operator-2"\n');
  const first = await run("config", "--config", file);
  expect(first.out).toMatch(
    /^\[server\.device_keys\]\n"moji-hall-1" = "chosen-by-the-operator-2"$/m,
  );
  writeFileSync(file, first.out);
  expect(await run("config", "--config", file)).toEqual(first);
  expect((await run("config", "--help")).out).toContain("[server.device_keys]");
});
