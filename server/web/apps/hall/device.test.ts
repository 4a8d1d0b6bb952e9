import { describe, expect, it } from "vitest";
import { makeClient } from "../../api/index.ts";
import { keyOfHash, officeOfPath, openDevice } from "./device.ts";

const answering = (status: number, body: unknown) =>
  makeClient({
    locale: () => "ja",
    retryAfterMs: [],
    fetch: async () => new Response(JSON.stringify(body), { status }),
  });
const device = { id: "hall-1", office: "kokurakita", kind: "hall" };

describe("the display's address", () => {
  it("names the office", () => {
    expect(officeOfPath("/hall/kokurakita")).toBe("kokurakita");
    expect(officeOfPath("/hall/")).toBeUndefined();
    expect(officeOfPath("/hall/a/b")).toBeUndefined();
  });
  it("may carry a key", () => {
    expect(keyOfHash("#key=s3cret")).toBe("s3cret");
    expect(keyOfHash("")).toBeUndefined();
    expect(keyOfHash("#key=")).toBeUndefined();
  });
});

describe("the display's registration", () => {
  it("is known with a cookie of this office", async () => {
    expect(await openDevice(answering(200, device), "kokurakita", undefined)).toBe("known");
  });
  it("is refused for another office", async () => {
    expect(await openDevice(answering(200, device), "moji", "k")).toBe("other_office");
  });
  it("is unknown with a wrong key", async () => {
    const client = answering(401, { code: "unknown_device", title: "", detail: "" });
    expect(await openDevice(client, "kokurakita", "k")).toBe("unknown");
  });
  it("waits for a server that has an error", async () => {
    const client = answering(503, { code: "shutting_down", title: "", detail: "" });
    expect(await openDevice(client, "kokurakita", undefined)).toBe("unreachable");
  });
});
