// The demo clock over restarts, and every readable path asked without signing in.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { Api } from "./support/api.ts";
import { ended, Server, start } from "./support/server.ts";
import { office } from "./support/visit.ts";

let server: Server;
let citizen: Api;

beforeAll(async () => {
  server = await Server.start(["--quiet"]);
  citizen = new Api(server);
});
afterAll(() => server.close());

const clock = () => citizen.ok(citizen.get("/api/v1/clock"));
const move = (by_ms: unknown) => citizen.call("POST", "/api/v1/clock", { by_ms });

test("the demo starts when the office is open, and its clock moves forward only", async () => {
  const first = await clock();
  expect(first.is_demo).toBe(true);
  expect((await citizen.ok(citizen.get(`/api/v1/offices/${office}/board`))).is_open).toBe(true);
  const moved = await move(90_000);
  expect(moved.status).toBe(200);
  expect(moved.body.offset_ms).toBe(first.offset_ms + 90_000);
  expect(Date.parse(moved.body.now)).toBeGreaterThanOrEqual(Date.parse(first.now) + 90_000);
  const back = await move(-1);
  expect([back.status, back.body.code]).toEqual([409, "clock_goes_back"]);
  for (const wrong of [1.5, "1", 1e15, null]) {
    expect((await move(wrong)).body.code, String(wrong)).toBe("invalid_fields");
  }
  expect((await clock()).offset_ms).toBe(moved.body.offset_ms);
});

test("only the server's own machine moves the clock", async () => {
  const before = await clock();
  for (const client of ["192.0.2.7", "2001:db8::7"]) {
    const refused = await citizen.call(
      "POST",
      "/api/v1/clock",
      { by_ms: 1000 },
      {
        "x-forwarded-for": client,
      },
    );
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
  }
  expect((await clock()).offset_ms).toBe(before.offset_ms);
});

test("the offset is kept over a restart and a kill; the clock never goes back", async () => {
  let before = await clock();
  for (const end of [() => server.stop(), () => server.kill()]) {
    await end();
    await server.restart();
    const after = await clock();
    expect(after.offset_ms).toBe(before.offset_ms);
    expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(before.now));
    before = (await move(1000)).body;
  }
});

test("data of a demo are not served by the real clock", async () => {
  await server.stop();
  const args = ["--data", server.data, "--port", "0", "--quiet"];
  await expect(start("matanai-server", args)).rejects.toThrow(/ended with 1\n.*demo clock/s);
  await server.restart();
});

test("outside demo mode the clock is the real one and cannot be moved", async () => {
  const data = mkdtempSync(join(tmpdir(), "matanai-test-"));
  const real = await start("matanai-server", ["--data", data, "--port", "0", "--quiet"]);
  try {
    const state = await (await fetch(`${real.url}/api/v1/clock`)).json();
    expect(state).toMatchObject({ is_demo: false, offset_ms: 0 });
    const refused = await fetch(`${real.url}/api/v1/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ by_ms: 1000 }),
    });
    expect(refused.status).toBe(403);
    expect((await refused.json()).code).toBe("clock_not_adjustable");
    expect((await (await fetch(`${real.url}/api/v1/clock`)).json()).offset_ms).toBe(0);
  } finally {
    real.process.kill("SIGTERM");
    await ended(real.process);
    rmSync(data, { recursive: true, force: true });
  }
});

interface Operation {
  security?: Record<string, unknown>[];
}
const contract = parse(
  readFileSync(resolve(import.meta.dirname, "../../schema/openapi.yaml"), "utf8"),
) as { paths: Record<string, { get?: Operation }> };
const readable = Object.entries(contract.paths).flatMap(([path, { get }]) =>
  get ? [{ path, get }] : [],
);

function filled(path: string): string {
  return path
    .replace("{office}", office)
    .replace("{service}", "move_in")
    .replace("{window}", "1")
    .replace("{token}", "NOSUCHTOKEN000000000000000");
}

test("the contract has paths to ask", () => expect(readable.length).toBeGreaterThan(8));

// Api checks each answer against the contract.
test.each(readable)(
  "GET $path without signing in answers what the contract says",
  async ({ path, get }) => {
    const answer = await citizen.get(filled(path));
    const needsKey =
      get.security?.length && !get.security.some((one) => Object.keys(one).length === 0);
    if (path.endsWith("/live")) expect(answer.status).toBeGreaterThanOrEqual(400);
    else if (needsKey) expect(answer.status).toBe(401);
    else if (path.includes("{token}")) expect(answer.status).toBe(404);
    else if (path.endsWith("/times")) expect(answer.body.code).toBe("invalid_fields");
    else expect(answer.status).toBe(200);
  },
);

test.each(readable.filter(({ path }) => path.includes("{office}") && !path.endsWith("/live")))(
  "GET $path of an office that does not exist is refused or not found",
  async ({ path }) => {
    const answer = await citizen.get(filled(path).replace(office, "atlantis"));
    expect([401, 404]).toContain(answer.status);
  },
);
