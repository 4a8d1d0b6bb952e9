// What stands before everything else: connections, half requests, the log.
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ended, Server, start } from "./support/server.ts";

const limit = 20;
let server: Server;
beforeAll(async () => {
  server = await Server.start(["--connections", String(limit)]);
});
afterAll(() => server.close());

/** A raw connection: what it has heard so far, and a promise of its end. */
class Line {
  text = "";
  readonly socket: Socket;
  readonly closed: Promise<void>;
  constructor(bytes = "") {
    const { hostname, port } = new URL(server.url);
    this.socket = connect(Number(port), hostname);
    this.socket.on("data", (chunk) => {
      this.text += chunk.toString("latin1");
    });
    this.socket.on("error", () => {});
    this.closed = new Promise((done) => this.socket.on("close", () => done()));
    if (bytes) this.socket.write(bytes);
  }
  answered(): Promise<void> {
    return new Promise((done) => {
      const look = () => this.text.includes("\r\n\r\n") && done();
      this.socket.on("data", look);
      look();
    });
  }
}

const get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

describe("connections", () => {
  test("beyond the limit they are told when to come back; a place that is left is given again", async () => {
    const inside = Array.from({ length: limit }, () => new Line(get));
    await Promise.all(inside.map((line) => line.answered()));
    const outside = new Line();
    await outside.answered();
    expect(outside.text).toMatch(/^HTTP\/1\.1 503 /);
    expect(outside.text).toMatch(/\r\nRetry-After: 10\r\n/);
    expect(outside.text).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/);
    expect(outside.text).toContain('"code":"too_many_connections"');
    outside.socket.end();
    await outside.closed;
    for (const line of inside) line.socket.end();
    await Promise.all(inside.map((line) => line.closed));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test("half requests hold places, but nobody else up", async () => {
    const promise =
      "POST /api/v1/holds HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 250000\r\n\r\n{";
    const half = Array.from({ length: limit - 5 }, (_, i) =>
      i % 2 ? new Line("GET /api/v1/off") : new Line(promise),
    );
    for (let i = 0; i < 5; i++)
      expect((await fetch(`${server.url}/api/v1/offices`)).status).toBe(200);
    for (const line of half) line.socket.destroy();
    await Promise.all(half.map((line) => line.closed));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

test("every line of the JSON log is JSON, and names neither persons nor secrets", async () => {
  const running = await start("matanai-server", [
    "--data",
    `${server.data}/log`,
    "--port",
    "0",
    "--demo",
    "--json-log",
  ]);
  const paths = [
    "/api/v1/offices?name=%E5%B0%8F%22%5C",
    "/%22%5C%7B%7D",
    "/%ff%fe",
    "/nothing/%E5%8C%BA",
    "/t/ABCDEFGHJKMNPQRSTVWXYZ2345",
    "/api/v1/tickets/ABCDEFGHJKMNPQRSTVWXYZ2345",
  ];
  for (const path of paths) await fetch(running.url + path, { headers: { "user-agent": '"\\' } });
  running.process.kill("SIGTERM");
  expect(await ended(running.process)).toBe(0);
  const lines = running
    .output()
    .split("\n")
    .filter((line) => line && !line.startsWith("matanai-server ready "));
  const objects = lines.map((line) => JSON.parse(line));
  expect(objects.filter((line) => line.method).length).toBe(paths.length);
  expect(objects.at(-1)).toMatchObject({ level: "info", text: "stopping" });
  expect(objects.some((line) => line.path === "/t/***")).toBe(true);
  expect(running.output()).not.toContain("ABCDEFGHJKMNPQRSTVWXYZ2345");
  expect(running.output()).not.toContain("name=");
});
