// Signing in and out, passwords and cookies, over HTTP.
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { office } from "./support/visit.ts";

const session = "/api/v1/staff/session";
const better = "correct horse battery 7";

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
  const answer = await signIn(office, server.firstPassword());
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
    const answer = await signIn("kanri", secure.firstPassword(), new Api(secure));
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
    const sixth = await signIn(name, server.firstPassword());
    expect([sixth.status, sixth.body.code]).toEqual([429, "too_many_sign_ins"]);
  }
  expect((await signIn("wakamatsu", server.firstPassword())).status).toBe(200);
});

test("full-width letters, capitals and spaces around do not matter in a name", async () => {
  expect((await signIn(" WAKAmatsu ", server.firstPassword())).status).toBe(200);
});

test("signing out ends this session only, twice is fine", async () => {
  const here = cookieOf((await signIn("kanri", server.firstPassword())).headers);
  const there = cookieOf((await signIn("kanri", server.firstPassword())).headers);
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
  const old = server.firstPassword();
  const here = cookieOf((await signIn(name, old)).headers);
  const there = cookieOf((await signIn(name, old)).headers);
  const change = (old_password: string, new_password: string) =>
    citizen.call(
      "POST",
      "/api/v1/staff/password",
      { old_password, new_password },
      { cookie: here, "idempotency-key": crypto.randomUUID() },
    );
  expect((await change("wrong", better)).body.code).toBe("bad_credentials");
  for (const weak of ["short", "aaaaaaaaaaaaaaaa", `${name}-2026`, old]) {
    expect((await change(old, weak)).body.code, weak).toBe("weak_password");
  }
  expect((await change(old, better)).status).toBe(204);
  expect((await who(here)).body.must_change_password).toBe(false);
  expect((await who(there)).body.code).toBe("not_signed_in");
  expect((await signIn(name, old)).status).toBe(401);
  await server.kill();
  await server.restart();
  expect((await who(here)).body.name).toBe(name);
  expect((await signIn(name, better)).status).toBe(200);
});

test("a clerk works in the own office only; the administrator in all", async () => {
  const clerk = cookieOf((await signIn("wakamatsu", server.firstPassword())).headers);
  const kanri = cookieOf((await signIn("kanri", server.firstPassword())).headers);
  const floor = (at: string, cookie: string) =>
    citizen.get(`/api/v1/offices/${at}/floor`, { cookie });
  expect((await floor("wakamatsu", clerk)).status).toBe(200);
  expect((await floor("moji", clerk)).body.code).toBe("forbidden");
  expect((await floor("moji", kanri)).status).toBe(200);
});
