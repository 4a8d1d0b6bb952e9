// Signing in and out, passwords and cookies, over HTTP.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api, ownPassword } from "./support/api.ts";
import { Live, refusedUpgrade } from "./support/live.ts";
import { Server } from "./support/server.ts";
import { office, press } from "./support/visit.ts";

const session = "/api/v1/staff/session";
const changing = "/api/v1/staff/password";

let server: Server;
let citizen: Api;

beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  citizen = new Api(server);
});
afterAll(() => server.close());

const signIn = (name: string, password: string, api = citizen) =>
  api.call("POST", session, { name, password });
const withCookie = (cookie: string) => ({ headers: { cookie } });
const who = (cookie: string) => citizen.get(session, withCookie(cookie).headers);
const cookieOf = (headers: Headers) => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";

test("the first password opens the session it promises; the cookie is for the browser alone", async () => {
  const answer = await signIn(office, server.firstPassword(office));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ name: office, office, must_change_password: true });
  expect(answer.headers.get("cache-control")).toContain("no-store");
  const attributes = (answer.headers.get("set-cookie") ?? "").split("; ");
  expect(attributes[0]).toMatch(/^matanai_session=[A-Za-z0-9_-]{43}$/);
  expect(attributes.slice(1).sort()).toEqual(["HttpOnly", "Path=/", "SameSite=Strict"]);
  expect((await who(cookieOf(answer.headers))).body.name).toBe(office);
  expect(statSync(join(server.data, "first-password.txt")).mode & 0o777).toBe(0o600);
});

test("behind https the cookie is Secure and bound to the host", async () => {
  const secure = await Server.start(["--quiet", "--public-url", "https://matanai.example"]);
  try {
    const answer = await signIn("kanri", secure.firstPassword("kanri"), new Api(secure));
    const attributes = (answer.headers.get("set-cookie") ?? "").split("; ");
    expect(attributes[0]).toMatch(/^__Host-matanai=/);
    expect(attributes.slice(1).sort()).toEqual(["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]);
    expect(answer.headers.get("strict-transport-security")).toMatch(/max-age=\d{7,}/);
  } finally {
    await secure.close();
  }
});

test("a wrong password and an unknown name get equal answers", async () => {
  const wrong = await signIn("moji", "not the password");
  const unknown = await signIn("nobody-at-all", "not the password");
  const withoutId = ({ request_id, ...rest }: Record<string, unknown>) => rest;
  expect(wrong.status).toBe(401);
  expect(wrong.body.code).toBe("bad_credentials");
  expect(withoutId(unknown.body)).toEqual(withoutId(wrong.body));
  const names = (headers: Headers) => [...headers.keys()].sort();
  expect(names(unknown.headers)).toEqual(names(wrong.headers));
});

test("after five wrong tries even the right password waits, for that name alone", async () => {
  for (const name of ["tobata", "nobody-here"]) {
    for (let i = 0; i < 5; i += 1) expect((await signIn(name, `wrong ${i}`)).status).toBe(401);
    const sixth = await signIn(name, server.firstPassword("tobata"));
    expect([sixth.status, sixth.body.code]).toEqual([429, "too_many_sign_ins"]);
  }
  expect((await signIn("wakamatsu", server.firstPassword("wakamatsu"))).status).toBe(200);
});

test("full-width letters, capitals and spaces around do not matter in a name", async () => {
  expect((await signIn(" WAKAmatsu ", server.firstPassword("wakamatsu"))).status).toBe(200);
});

test("signing out ends this session only, twice is fine", async () => {
  const here = cookieOf((await signIn("kanri", server.firstPassword("kanri"))).headers);
  const there = cookieOf((await signIn("kanri", server.firstPassword("kanri"))).headers);
  const out = () => citizen.call("DELETE", session, undefined, { cookie: here });
  const first = await out();
  expect(first.status).toBe(204);
  expect(first.headers.get("set-cookie")).toMatch(/^matanai_session=; .*Max-Age=0/);
  expect((await who(here)).body.code).toBe("not_signed_in");
  expect((await who(there)).status).toBe(200);
  expect((await out()).status).toBe(204);
});

test("a new password ends the other sessions and survives a restart", async () => {
  const name = "yahatahigashi";
  const old = server.firstPassword(name);
  const here = cookieOf((await signIn(name, old)).headers);
  const there = cookieOf((await signIn(name, old)).headers);
  const change = (old_password: string, new_password: string) =>
    citizen.call(
      "POST",
      changing,
      { old_password, new_password },
      { cookie: here, "idempotency-key": crypto.randomUUID() },
    );
  expect((await change("wrong", ownPassword)).body.code).toBe("bad_credentials");
  for (const weak of ["short", "aaaaaaaaaaaaaaaa", `${name}-2026`, old]) {
    expect((await change(old, weak)).body.code, weak).toBe("weak_password");
  }
  expect((await change(old, ownPassword)).status).toBe(204);
  expect((await who(here)).body.must_change_password).toBe(false);
  expect((await who(there)).body.code).toBe("not_signed_in");
  expect((await signIn(name, old)).status).toBe(401);
  await server.kill();
  await server.restart();
  expect((await who(here)).body.name).toBe(name);
  expect((await signIn(name, ownPassword)).status).toBe(200);
});

test("a clerk works in the own office only; the administrator in all", async () => {
  const clerk = await Api.clerk(server, "wakamatsu");
  const kanri = await Api.clerk(server, "kanri");
  const floor = (at: string, api: Api) => api.get(`/api/v1/offices/${at}/floor`);
  expect((await floor("wakamatsu", clerk)).status).toBe(200);
  expect((await floor("moji", clerk)).body.code).toBe("forbidden");
  expect((await floor("moji", kanri)).status).toBe(200);
});

test("a made-up password opens nothing but its own change", async () => {
  const name = "yahatanishi";
  const floor = `/api/v1/offices/${name}/floor`;
  const clerk = await Api.signIn(server, name, server.firstPassword(name));
  const refused = [
    await clerk.get(floor),
    await clerk.get(`/api/v1/offices/${name}/events`),
    await press(clerk, 1, "open", {}, name),
  ].map(({ status, body }) => [status, body.code]);
  expect(refused).toEqual(Array(3).fill([403, "password_change_required"]));
  const socket = await refusedUpgrade(server.url, `${floor}/live`, {
    headers: { cookie: clerk.cookies },
  });
  expect([socket.status, socket.body.code]).toEqual([403, "password_change_required"]);
  expect((await clerk.get(session)).body.must_change_password).toBe(true);
  const first = server.firstPassword(name);
  const change = { old_password: first, new_password: ownPassword };
  expect((await clerk.post(changing, change)).status).toBe(204);
  expect((await clerk.get(floor)).status).toBe(200);
});

test("every first account has a password of its own, whose line goes with it, the file with the last", async () => {
  const fresh = await Server.start(["--quiet"]);
  try {
    const file = join(fresh.data, "first-password.txt");
    const lines = () => readFileSync(file, "utf8").trim().split("\n");
    const names = lines().map((line) => line.split(" ")[0] ?? "");
    expect(names).toContain("kanri");
    expect(names).toHaveLength(8);
    expect(new Set(lines().map((line) => line.split(" ")[1])).size).toBe(8);
    const before = lines();
    await fresh.stop();
    await fresh.restart();
    expect(lines()).toEqual(before);
    for (const name of names) {
      expect(lines().map((line) => line.split(" ")[0])).toContain(name);
      await Api.clerk(fresh, name);
      if (name !== names.at(-1)) expect(readFileSync(file, "utf8")).not.toContain(`${name} `);
    }
    expect(existsSync(file)).toBe(false);
  } finally {
    await fresh.close();
  }
});

test("a live screen ends with its session: by signing out, or by a new password elsewhere", async () => {
  const path = "/api/v1/offices/moji/floor/live";
  const here = await Api.clerk(server, "moji");
  const there = await Api.clerk(server, "moji");
  const watch = async (api: Api) => {
    const live = await Live.open(server.url, path, { cookie: api.cookies });
    await live.next();
    return { live, ended: live.ended() };
  };
  const [mine, other] = [await watch(here), await watch(there)];
  const next = "another horse battery 8";
  await here.ok(here.post(changing, { old_password: ownPassword, new_password: next }));
  expect(await other.ended).toBe(1008);
  await here.ok(press(here, 1, "open", {}, "moji"));
  await mine.live.next(({ seq }) => seq > (mine.live.frames[0]?.seq ?? 0));
  await here.call("DELETE", session);
  expect(await mine.ended).toBe(1008);
  const again = await refusedUpgrade(server.url, path, { headers: { cookie: here.cookies } });
  expect([again.status, again.body.code]).toEqual([401, "not_signed_in"]);
});
