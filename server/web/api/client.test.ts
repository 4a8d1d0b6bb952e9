import { describe, expect, it, vi } from "vitest";
import { addressOf, makeClient, newKey } from "./client.ts";
import { Refusal } from "./refusal.ts";

const noWait = async () => {};
type Handler = (input: string, init: RequestInit) => Promise<Response>;

function client(handler: Handler) {
  const seen: { url: string; init: RequestInit }[] = [];
  const fetchLike = vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) => {
    seen.push({ url: String(input), init });
    return handler(String(input), init);
  });
  return {
    seen,
    client: makeClient({ locale: () => "en", fetch: fetchLike as typeof fetch, wait: noWait }),
  };
}

const header = (init: RequestInit, name: string) => new Headers(init.headers).get(name);
const down: Handler = () => Promise.reject(new TypeError("no network"));

describe("client", () => {
  it("fills path and query, and asks in the reader's language", async () => {
    const { client: api, seen } = client(async () => Response.json({ days: [], soonest: [] }));
    await api.get("/api/v1/offices/{office}/services/{service}/days", {
      path: { office: "moji", service: "seal" },
      query: { days: 7 },
    });
    expect(seen[0]?.url).toBe("/api/v1/offices/moji/services/seal/days?days=7");
    expect(header(seen[0]?.init ?? {}, "Accept-Language")).toBe("en");
  });

  it("throws a problem document as a refusal", async () => {
    const problem = {
      code: "slot_full",
      title: "full",
      detail: "take another",
      values: { nearest1: "x" },
      fields: [],
    };
    const { client: api } = client(async () => Response.json(problem, { status: 409 }));
    const refusal = await api.get("/api/v1/offices", {}).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      code: "slot_full",
      status: 409,
      title: "full",
      values: { nearest1: "x" },
    });
  });

  it("calls an answer that is no problem document by its own name", async () => {
    const { client: api } = client(async () => new Response("<html>", { status: 502 }));
    await expect(api.get("/api/v1/offices", {})).rejects.toMatchObject({
      code: "unexpected_answer",
      status: 502,
    });
  });

  it("sends a command without answer again with the same key", async () => {
    let tries = 0;
    const { client: api, seen } = client(async () => {
      tries += 1;
      if (tries < 3) throw new TypeError("no network");
      return Response.json({ hold: "h" }, { status: 201 });
    });
    const body = { office: "moji", service: "seal", date: "2026-11-25", time: "10:30" };
    await api.post("/api/v1/holds", { body }, "one-decision");
    expect(seen.map(({ init }) => header(init, "Idempotency-Key"))).toEqual(
      Array(3).fill("one-decision"),
    );
    expect(seen.map(({ init }) => init.body)).toEqual(Array(3).fill(JSON.stringify(body)));
  });

  it("never sends a command without key twice", async () => {
    const { client: api, seen } = client(down);
    const sent = api.post("/api/v1/reservations/show", { body: { secret: "s" } });
    await expect(sent).rejects.toMatchObject({ code: "unreachable", isNetwork: true });
    expect(seen).toHaveLength(1);
  });

  it("does not repeat what was refused", async () => {
    const { client: api, seen } = client(async () =>
      Response.json({ code: "slot_full" }, { status: 409 }),
    );
    const body = { office: "moji", service: "seal", date: "2026-11-25", time: "10:30" };
    await expect(api.post("/api/v1/holds", { body }, newKey())).rejects.toMatchObject({
      code: "slot_full",
    });
    expect(seen).toHaveLength(1);
  });

  it("calls a timeout by its name", async () => {
    const { client: api } = client(() => Promise.reject(new DOMException("late", "TimeoutError")));
    await expect(api.get("/api/v1/clock", {})).rejects.toMatchObject({ code: "timeout" });
  });

  it("takes an answer without body", async () => {
    const { client: api } = client(async () => new Response(null, { status: 204 }));
    await expect(api.delete("/api/v1/staff/session")).resolves.toBeUndefined();
  });
});

describe("addresses", () => {
  it("escape what is put into them", () => {
    expect(addressOf("/t/{token}", { path: { token: "a/b c" } })).toBe("/t/a%2Fb%20c");
  });

  it("leave out what is undefined", () => {
    expect(addressOf("/x", { query: { a: undefined, b: 2 } })).toBe("/x?b=2");
  });
});

describe("keys", () => {
  it("differ and are long enough", () => {
    expect(newKey()).not.toBe(newKey());
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  });
});
