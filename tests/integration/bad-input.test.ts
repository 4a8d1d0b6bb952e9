import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Api } from "./support/api.ts";
import { Server } from "./support/server.ts";
import { office } from "./support/visit.ts";

let server: Server;
let citizen: Api;
let kiosk: Api;

beforeAll(async () => {
  server = await Server.start();
  citizen = new Api(server);
  kiosk = Api.device(server, `${office}-kiosk-1`);
});
afterAll(() => server.close());

// Sends raw bytes, returns what comes back until the server closes or is quiet after an answer.
function raw(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (/\r\n\r\n/.test(text)) socket.end();
    });
    socket.on("close", () => done(text));
    socket.on("error", (error) => (text ? done(text) : fail(error)));
    socket.write(bytes);
  });
}

async function stored(): Promise<number> {
  const clerk = await Api.clerk(server, office);
  return (await clerk.ok(clerk.get(`/api/v1/offices/${office}/events`))).events.length;
}

describe("a body that is not what it should be is refused with words, and nothing is stored", () => {
  const good = { issuer: "k", message_id: "message-0001", service: "move_in" };
  const cases: [string, unknown, number, string, string?][] = [
    ["malformed JSON", '{"issuer":', 400, "bad_request"],
    ["empty body", "", 400, "bad_request"],
    ["an array", "[]", 422, "invalid_fields"],
    ["a wrong type", { ...good, service: 5 }, 422, "invalid_fields", "/service"],
    ["an unknown field", { ...good, colour: "red" }, 422, "invalid_fields", "/colour"],
    [
      "a missing field",
      { issuer: "k", message_id: "message-0001" },
      422,
      "invalid_fields",
      "/service",
    ],
    ["a very long issuer", { ...good, issuer: "k".repeat(300) }, 422, "invalid_fields", "/issuer"],
    ["NUL in a text", { ...good, issuer: "k\u0000" }, 422, "invalid_fields", "/issuer"],
    ["an unknown service", { ...good, service: "no_such" }, 404, "unknown_service"],
    ["deep nesting", `${"[".repeat(5000)}${"]".repeat(5000)}`, 400, "bad_request"],
    ["10 MB", `"${"x".repeat(10_000_000)}"`, 413, "too_large"],
  ];
  test.each(cases)("%s", async (_name, body, status, code, pointer) => {
    const before = await stored();
    const answer = await kiosk
      .post(`/api/v1/offices/${office}/tickets`, body, `key-${Math.random()}`)
      .catch((error: Error) => error);
    if (answer instanceof Error) {
      // A body that is cut off by the server may reach the client as a closed connection.
      expect(status).toBe(413);
    } else {
      expect(answer.status).toBe(status);
      expect(answer.body.code).toBe(code);
      expect(answer.body.title.length).toBeGreaterThan(3);
      expect(answer.body.detail.length).toBeGreaterThan(3);
      if (pointer) expect(answer.body.fields.map((field: any) => field.pointer)).toContain(pointer);
    }
    expect(await stored()).toBe(before);
  });

  test.each<[string, string, unknown, number, string, string?]>([
    [
      "a hold",
      "/holds",
      { office, service: "move_in", date: "2026-13-40", time: "10:00" },
      422,
      "invalid_fields",
      "/date",
    ],
    [
      "a hold",
      "/holds",
      { office, service: 7, date: "2026-11-24" },
      422,
      "invalid_fields",
      "/service",
    ],
    ["a hold", "/holds", "{'office':1}", 400, "bad_request"],
    [
      "a booking",
      "/reservations",
      { hold: "x", locale: "ja", help: ["money"] },
      422,
      "invalid_fields",
      "/help/0",
    ],
    [
      "a booking",
      "/reservations",
      { hold: "x", locale: "ja", role: "admin" },
      422,
      "invalid_fields",
      "/role",
    ],
    [
      "a question",
      "/reservations/show",
      { code: "1".repeat(5000), contact: "a" },
      422,
      "invalid_fields",
      "/code",
    ],
    ["a cancel", "/reservations/cancel", [], 422, "invalid_fields"],
    [
      "a sign-in",
      "/staff/session",
      { name: "a", password: null },
      422,
      "invalid_fields",
      "/password",
    ],
  ])("%s to %s that is not what it should be", async (_name, path, body, status, code, pointer) => {
    const answer = await citizen.post(`/api/v1${path}`, body);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
    if (pointer) expect(answer.body.fields.map((field: any) => field.pointer)).toContain(pointer);
  });
  test("a very long list of wrong items is refused in few words", async () => {
    const help = Array.from({ length: 60_000 }, () => 1);
    const answer = await citizen.post("/api/v1/reservations", { hold: "x", locale: "ja", help });
    expect(answer.status).toBe(422);
    expect(answer.body.fields.length).toBeLessThan(50);
  });

  test("invalid UTF-8", async () => {
    const body = Buffer.concat([
      Buffer.from('{"issuer":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    const key = server.deviceKey(`${office}-kiosk-1`);
    const head = `POST /api/v1/offices/${office}/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Device ${key}\r\nContent-Type: application/json\r\nIdempotency-Key: key-utf8-1\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await raw(Buffer.concat([Buffer.from(head), body]))).toMatch(/^HTTP\/1.1 400 /);
  });

  test("the words follow the reader's language", async () => {
    const ja = await citizen.get("/api/v1/offices/atlantis", { "accept-language": "ja" });
    const en = await citizen.get("/api/v1/offices/atlantis", { "accept-language": "en" });
    expect(ja.status).toBe(404);
    expect(ja.body.title).toMatch(/[ぁ-ん一-龠]/);
    expect(en.body.title).toMatch(/^[\x20-\x7e’]+$/);
  });
});

describe("method, path and framing", () => {
  test("a wrong method is 405 with Allow, an unknown path 404", async () => {
    const wrong = await fetch(`${server.url}/api/v1/offices`, { method: "DELETE" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toContain("GET");
    expect((await fetch(`${server.url}/api/v1/nothing`)).status).toBe(404);
  });
  test.each([
    "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /assets/..%2f..%2fmatanai.db HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /assets\\..\\x HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
  ])("path trick %j is refused", async (request) => {
    expect(await raw(request)).toMatch(/^HTTP\/1.1 (400|404) /);
  });
  // All ways in which two readers may disagree about where a request ends are in tests/unit/http/gate_test.cpp;
  // these are the same to the whole server.
  const post = "POST /api/v1/holds HTTP/1.1\r\nHost: a\r\n";
  test.each([
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["unknown transfer coding", `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ["odd transfer coding", `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ["coding before chunked", `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    [
      "chunked in HTTP/1.0",
      "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "chunked and a length",
      `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    ],
    [
      "a length and chunked",
      `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["bad chunk size", `${post}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    ["list of lengths", `${post}Content-Length: 3, 3\r\n\r\nabc`],
    ["two lengths", `${post}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
    ["two different lengths", `${post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`],
    ["signed length", `${post}Content-Length: +3\r\n\r\nabc`],
    ["negative length", `${post}Content-Length: -1\r\n\r\n`],
    ["hexadecimal length", `${post}Content-Length: 0x3\r\n\r\nabc`],
    ["length of 2^64", `${post}Content-Length: 18446744073709551616\r\n\r\n`],
    ["absolute form", "GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["raw bytes in the target", "GET /\xe5\x8c\xba HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n"],
    ["space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"],
    ["bare LF", "GET / HTTP/1.1\nHost: a\n\n"],
    ["bare CR", "GET / HTTP/1.1\r\nHost: a\rX: 1\r\n\r\n"],
    ["NUL", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"],
    ["not HTTP", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"],
  ])("framing: %s is a 400 in words and the connection ends", async (_name, request) => {
    const answer = await raw(Buffer.from(request, "latin1"));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });
  test.each([
    ["by its length", `${post}Content-Length: 10000000\r\n\r\n`],
    ["by its first chunk", `${post}Transfer-Encoding: chunked\r\n\r\n989680\r\n`],
  ])("10 MB are refused %s, before they are sent", async (_name, request) => {
    expect(await raw(request)).toMatch(/^HTTP\/1.1 413 /);
  });
  test("a browser of another site changes nothing", async () => {
    const answer = await citizen.call(
      "POST",
      "/api/v1/holds",
      {},
      { origin: "https://evil.example", "idempotency-key": "key-00000001" },
    );
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe("wrong_origin");
  });
});

describe("who may do what", () => {
  const target = `/api/v1/offices/${office}/tickets`;
  const body = { issuer: "k", message_id: "m", service: "move_in" };
  test("nobody pulls a ticket without a device or a session", async () => {
    expect((await citizen.post(target, body)).status).toBe(401);
  });
  test("a wrong key is refused", async () => {
    const answer = await citizen.call("POST", target, body, {
      authorization: "Device nonsense-nonsense-nonsense",
      "idempotency-key": "key-00000002",
    });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("unknown_device");
  });
  test("a kiosk of one office cannot act in another", async () => {
    expect((await kiosk.post("/api/v1/offices/moji/tickets", body)).body.code).toBe("forbidden");
  });
  test("a clerk of one office cannot see another's floor", async () => {
    const clerk = await Api.clerk(server, "moji");
    expect((await clerk.get(`/api/v1/offices/${office}/floor`)).status).toBe(403);
    expect((await clerk.get("/api/v1/offices/moji/floor")).status).toBe(200);
  });
  test("a creating command needs its key", async () => {
    const answer = await kiosk.call("POST", target, body);
    expect(answer.body.code).toBe("idempotency_key_missing");
  });
  test("the same key with another body is refused, with the same body answered again", async () => {
    const first = await kiosk.post(target, { ...body, message_id: "same-1" }, "key-same-0001");
    const again = await kiosk.post(target, { ...body, message_id: "same-1" }, "key-same-0001");
    const other = await kiosk.post(target, { ...body, message_id: "same-2" }, "key-same-0001");
    expect(again.body).toEqual(first.body);
    expect(other.status).toBe(422);
    expect(other.body.code).toBe("idempotency_key_reused");
  });
});

test("the server is alive after all of it, and says so", async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.process.exitCode).toBeNull();
});

test("security headers stand on every answer", async () => {
  for (const path of ["/", "/api/v1/offices", "/nothing-here"]) {
    const headers = (await fetch(server.url + path)).headers;
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe-inline");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});
