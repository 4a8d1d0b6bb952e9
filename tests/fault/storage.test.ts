// Trouble around the data folder and the port: a second server, a full disk, a newer database, a taken port.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { Api } from "../integration/support/api.ts";
import { Server, start } from "../integration/support/server.ts";
import { office, pullTicket } from "../integration/support/visit.ts";
import { allEvents } from "./load.ts";

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

async function startServer(data?: string): Promise<Server> {
  const server = await Server.start(["--unlimited", "--quiet"], data);
  cleanUp.push(() => server.close());
  return server;
}

// What a server says that ends before it is ready: "… ended with CODE" and its output.
async function lastWords(args: string[]): Promise<string> {
  try {
    const running = await start("matanai-server", args);
    cleanUp.push(() => void running.process.kill("SIGKILL"));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it started");
}

test("a second server on the same data folder says who has it and ends; the first lives on", async () => {
  const first = await startServer();
  const words = await lastWords(["--data", first.data, "--port", "0", "--demo"]);
  expect(words).toMatch(/ended with [1-9]/);
  expect(words).toContain(
    `${join(first.data, "matanai.db")} is in use by process ${first.process.pid}: stop that one first`,
  );
  const kiosk = Api.device(first, `${office}-kiosk-1`);
  expect((await pullTicket(kiosk)).status).toBe(201);
});

test("a database that a newer version has used is refused and left alone", async () => {
  const server = await startServer();
  await server.stop();
  const file = new DatabaseSync(join(server.data, "matanai.db"));
  file.exec(
    "INSERT INTO schema_migration (set_name, number, name, sha256, applied_at) VALUES ('office', 99, '0099_later', 'x', 0)",
  );
  const content = () => file.prepare("SELECT * FROM schema_migration ORDER BY 1, 2").all();
  const before = content();
  const words = await lastWords(["--data", server.data, "--port", "0", "--demo"]);
  expect(words).toMatch(/ended with [1-9]/);
  expect(words).toContain("used by a newer version (it has office/0099_later)");
  expect(content()).toEqual(before);
  file.close();
});

test("a port that is taken is said with its number", async () => {
  const holder = createServer();
  await new Promise<void>((done) => holder.listen(0, "127.0.0.1", done));
  cleanUp.push(() => new Promise<void>((done) => void holder.close(() => done())));
  const { port } = holder.address() as AddressInfo;
  const data = mkdtempSync(join(tmpdir(), "matanai-test-"));
  cleanUp.push(() => rmSync(data, { recursive: true, force: true }));
  const words = await lastWords(["--data", data, "--port", String(port), "--demo"]);
  expect(words).toMatch(/ended with [1-9]/);
  expect(words).toContain(`127.0.0.1:${port}`);
  expect(words).toMatch(/in use/);
});

// A small file system of its own, or why there is none.
function mountSmall(): { folder: string } | { reason: string } {
  const folder = mkdtempSync(join(tmpdir(), "matanai-full-"));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], { stdio: "pipe" });
  } catch (error) {
    return { reason: `a tmpfs cannot be mounted: ${(error as Error).message.split("\n").at(-2)}` };
  }
  cleanUp.push(() => void execFileSync("umount", [folder]));
  return { folder };
}

// Takes what is free but for a few kB.
function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, "ballast"), Buffer.alloc(Number(bavail) * Number(bsize)));
}

test("on a full disk writes are refused, reads go on, and all is well again when there is room", async (context) => {
  const small = mountSmall();
  if ("reason" in small) {
    console.log(`skipped: ${small.reason}`);
    return context.skip(small.reason);
  }
  const server = await startServer(join(small.folder, "data"));
  const kiosk = Api.device(server, `${office}-kiosk-1`);
  const clerk = await Api.clerk(server, office);
  const acknowledged: string[] = [];
  // Pulls tickets, many at once, until one is refused.
  const pullUntilRefused = async () => {
    const refused: { status: number; body: { code: string } }[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let i = 0; i < 500 && refused.length === 0; i += 1) {
          const answer = await pullTicket(kiosk);
          if (answer.status === 201) acknowledged.push(answer.body.number);
          else refused.push(answer);
        }
      }),
    );
    return refused;
  };
  expect((await pullTicket(kiosk)).status).toBe(201);
  acknowledged.push("A001");
  fill(small.folder);
  const refused = await pullUntilRefused();
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe("storage_unavailable");
  }
  const issued = (await allEvents(clerk)).filter(({ kind }) => kind === "issued");
  expect(issued.map(({ number }) => number).toSorted()).toEqual(acknowledged.toSorted());
  expect((await kiosk.get(`/api/v1/offices/${office}/board`)).status).toBe(200);

  rmSync(join(small.folder, "ballast"));
  const after = await kiosk.ok(pullTicket(kiosk));
  acknowledged.push(after.number);
  expect(acknowledged).toHaveLength(new Set(acknowledged).size);
  expect(server.process.exitCode).toBe(null);
  await server.kill();
  await server.restart();
  const kept = (await allEvents(clerk)).filter(({ kind }) => kind === "issued");
  expect(kept.map(({ number }) => number).toSorted()).toEqual(acknowledged.toSorted());
  expect(readdirSync(small.folder)).not.toContain("ballast");
}, 60_000);
