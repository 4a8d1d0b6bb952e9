// matanai-print: every command against the virtual printer, and every exit code.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  emulate,
  file,
  folder,
  launch,
  papers,
  run,
  sample,
  setFaults,
  until,
} from "./support/print-tool.ts";
import { ended } from "./support/server.ts";

test("sample and preview: a picture, a drawing or the words, by ending or format", async () => {
  const ticket = await sample("en");
  expect(JSON.parse(readFileSync(ticket, "utf8"))).toMatchObject({ number: "A012", locale: "en" });
  for (const [name, start] of [
    ["t.png", "\x89PNG"],
    ["t.svg", "<svg"],
    ["t.txt", "小倉"],
  ] as const) {
    expect((await run(["preview", ticket, "-o", file(name)])).code).toBe(0);
    const encoding = name.endsWith("png") ? "latin1" : "utf8";
    expect(readFileSync(file(name), encoding).slice(0, 200)).toContain(start);
  }
  const words = await run(
    ["preview", "-", "--format", "txt", "-o", "-"],
    readFileSync(ticket, "utf8"),
  );
  expect(words.code).toBe(0);
  expect(words.out).toContain("A012");
});

test("encode: three languages, two raster commands", async () => {
  const ticket = await sample();
  const encode = async (...args: string[]) =>
    (await run(["encode", ticket, "-o", "-", ...args])).bytes.toString("latin1");
  const band = await encode();
  expect(band).toContain("\x1dv0\0");
  const stored = await encode("--raster", "gs_8_l");
  expect(stored).toContain("\x1d8L");
  expect(stored).not.toContain("\x1dv0\0");
  expect(await encode("--protocol", "starprnt")).toContain("\x1b\x1dS");
  const text = await encode("--protocol", "text");
  expect(text).toContain("A012");
  expect(text.length).toBeLessThan(1000);
});

test("print: as text where the ticket can be written so, and status says so", async () => {
  const { to, page } = await emulate(["--model", "TM-m30"]);
  for (const locale of ["en", "ko"]) {
    const printed = await run(["print", await sample(locale), "--to", to, "--mode", "text"]);
    expect(printed).toMatchObject({ code: 0, err: "" });
    expect(printed.out).toContain("confirmed (printed)");
  }
  // The printer's own code, and one that is part of a picture.
  const codes = (await papers(page)).map((paper) => paper.codes);
  expect(codes.sort()).toEqual([[], [expect.stringContaining("/t/")]]);
  const asked = await run(["status", "--to", to, "--mode", "text"]);
  expect(asked.out).toContain("tickets:  text");
  expect((await run(["status", "--to", to])).out).toContain("tickets:  image");
  expect((await run(["print", "-", "--mode", "fax"])).code).toBe(1);
});

test("a character without glyph: the file is written, and the exit code says so", async () => {
  const ticket = JSON.parse(readFileSync(await sample(), "utf8"));
  ticket.service_ja = "\u{10FFFD}";
  writeFileSync(file("odd.json"), JSON.stringify(ticket));
  const drawn = await run(["preview", file("odd.json"), "-o", file("odd.png")]);
  expect(drawn.code).toBe(4);
  expect(drawn.err).toContain("no glyph");
  expect(existsSync(file("odd.png"))).toBe(true);
});

test("print, status and self-test against a healthy printer", async () => {
  const { to, page } = await emulate();
  const ticket = await sample("vi");
  const printed = await run(["print", ticket, "--to", to]);
  expect(printed).toMatchObject({ code: 0, out: "confirmed (printed), printer: ready\n" });
  const forced = await run(["print", ticket, "--to", to, "--confirm", "paper_sensor", "--copy"]);
  expect(forced).toMatchObject({ code: 0, out: "confirmed (processed), printer: ready\n" });

  const count = ["--count", file("roll.json"), "--roll", "50"];
  const tested = await run(["self-test", "--to", to, ...count]);
  expect(tested.code).toBe(0);
  expect(tested.out).toContain("EPSON TM-m30");
  expect(tested.out).toContain("test page: confirmed (printed)");
  expect(tested.out).toContain("open the cover");
  const asked = await run(["status", "--to", to, ...count]);
  expect(asked.code).toBe(0);
  expect(asked.out).toMatch(/^ready: /);
  expect(asked.out).toContain("epson_process_id");
  expect(asked.out).toContain("about 49 m left");
  expect(await papers(page)).toHaveLength(3);
});

test.each(["star", "sii", "epson_old", "clone", "primex"])(
  "a printer of dialect %s is found",
  async (dialect) => {
    const { to, page } = await emulate(["--dialect", dialect]);
    const printed = await run(["print", await sample(), "--to", to]);
    expect(printed.code, printed.out + printed.err).toBe(0);
    expect(await papers(page)).toHaveLength(1);
  },
);

test("a printer without paper prints nothing, and status says why", async () => {
  const { to, page } = await emulate([], "now paper_out");
  const refused = await run(["print", await sample(), "--to", to]);
  expect(refused.code).toBe(2);
  expect(refused.out).toMatch(/^failed, printer: paper_out/);
  const asked = await run(["status", "--to", to]);
  expect(asked.code).toBe(2);
  expect(asked.out).toMatch(/^paper_out: /);
  expect(await papers(page)).toHaveLength(0);
  const nobody = await run(["status", "--to", "tcp:127.0.0.1:1"]);
  expect(nobody.code).toBe(2);
  expect(nobody.out).toMatch(/^not_answering: /);
});

test("a printer that falls silent leaves it unknown", async () => {
  const { to } = await emulate([], "row 300 half_open");
  const silent = await run(["print", await sample(), "--to", to]);
  expect(silent.code, silent.out).toBe(3);
  expect(silent.out).toMatch(/^unknown, /);
});

test("status --watch tells each change", async () => {
  const { to, page } = await emulate();
  const child = launch("status", "--to", to, "--watch");
  await until(child, /^ready: .*\n/);
  await setFaults(page, { cover_open: true });
  await until(child, /^cover_open: .*\n/m);
  await setFaults(page, { cover_open: false });
  await until(child, /^ready: .*\n/m);
  child.kill("SIGINT");
  expect(await ended(child)).toBe(0);
});

test("file: the bytes are those of a print, and no more than sent is claimed", async () => {
  const printed = await run(["print", await sample(), "--to", `file:${file("out.bin")}`]);
  expect(printed).toMatchObject({ code: 0, out: expect.stringContaining("confirmed (sent)") });
  expect(readFileSync(file("out.bin"), "latin1")).toContain("\x1dv0\0");
});

test("models: each value with its source", async () => {
  const listed = await run(["models", "--json"]);
  expect(listed.code).toBe(0);
  const models = JSON.parse(listed.out);
  expect(models.length).toBeGreaterThanOrEqual(10);
  for (const { name, ...facts } of models) {
    for (const [key, fact] of Object.entries(facts)) {
      if (key !== "maker") expect((fact as { source: string }).source, name + key).not.toBe("");
    }
  }
  expect((await run(["models"])).out).toContain("TM-T88VI");
});

const none = join(folder, "none", "x");
test.each([
  ["no command", [], "subcommand is required"],
  ["an unknown command", ["fax"], "fax"],
  ["an unknown protocol", ["encode", "x.json", "-o", "-", "--protocol", "pcl"], "pcl not in"],
  ["an unknown dialect", ["emulate", "--dialect", "fax"], "fax not in"],
  ["dots out of range", ["preview", "x.json", "-o", "-", "--dots", "5"], "5 not in range 300 to"],
  ["a port out of range", ["emulate", "--port", "99999"], "99999 not in range 0 to 65535"],
  ["a ticket that is not there", ["preview", none, "-o", "-"], `${none}: No such file`],
  ["a folder as ticket", ["preview", folder, "-o", "-"], `${folder}: it is a folder`],
  ["a script that is not there", ["emulate", "--faults", none], `${none}: No such file`],
  ["a wire that is none", ["status", "--to", "pigeon:7"], "pigeon:7"],
  ["a printer's port out of range", ["status", "--to", "tcp:h:99999"], "1 to 65535"],
  ["an unknown model", ["status", "--model", "TM-X"], "TM-X"],
])("%s is refused", async (_name, args, message) => {
  const refused = await run(args);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(message);
});

test("what cannot be written or used is told before anything is printed", async () => {
  const ticket = await sample();
  const { to, page } = await emulate();
  for (const [args, message] of [
    [["preview", ticket, "-o", none], `cannot write ${none}: No such file`],
    [["encode", ticket, "-o", folder], `cannot write ${folder}: Is a directory`],
    [["preview", ticket, "-o", "-", "--logo", ticket], `${ticket} is not a PNG file`],
    [["print", ticket, "--to", `file:${none}`], "there is no folder"],
    [["print", ticket, "--to", to, "--count", none], `cannot write ${none}`],
  ] as const) {
    const refused = await run([...args]);
    expect(refused.code, args.join(" ")).toBe(1);
    expect(refused.err).toContain(message);
  }
  expect(await papers(page)).toHaveLength(0);
});

test("a port that is taken is named, the printer's and the page's", async () => {
  const { port, page } = await emulate();
  const printer = await run(["emulate", "--port", String(port), "--page-port", "0"]);
  expect(printer).toMatchObject({
    code: 1,
    err: expect.stringContaining(`--port ${port}: Address already in use`),
  });
  const pagePort = new URL(page).port;
  const other = await run(["emulate", "--port", "0", "--page-port", pagePort]);
  expect(other).toMatchObject({
    code: 1,
    err: expect.stringContaining(`--page-port ${pagePort}: Address`),
  });
});

test.each([
  ["row x paper_out", 'line 2: "x" is no number'],
  ["row 120 explode", 'line 2: "explode" is no action'],
  ["now rst 3s", 'line 2: "rst" takes neither a time nor a number'],
])("a script with %s is refused with its line", async (line, message) => {
  writeFileSync(file("wrong.txt"), `# a note\n${line}\n`);
  const refused = await run(["emulate", "--port", "0", "--faults", file("wrong.txt")]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`${file("wrong.txt")}: ${message}`);
});

test("what is not a ticket is told field by field", async () => {
  const wrong = await run(["preview", "-", "-o", file("never.png")], '{"number":7}');
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain("standard input is not a ticket");
  expect(wrong.err).toContain("/number: wrong_type");
  expect(wrong.err).toContain("/office: missing");
  expect((await run(["preview", "-", "-o", "-"], "{")).err).toContain("not JSON");
  expect(existsSync(file("never.png"))).toBe(false);
});

test("the help of every command teaches by example and names the exit codes", async () => {
  for (const command of [
    "sample",
    "preview",
    "encode",
    "print",
    "status",
    "self-test",
    "models",
    "emulate",
  ]) {
    const help = await run([command, "--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain(`matanai-print ${command}`);
    expect(help.out).toContain("Exit codes: 0 done");
  }
});
