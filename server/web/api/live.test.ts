import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followLive, isNewer, type LiveFrame, reconnectWait, socketAddress } from "./live.ts";

class FakeSocket {
  static all: FakeSocket[] = [];
  sent: string[] = [];
  isClosed = false;
  onopen: (() => void) | undefined;
  onmessage: ((event: { data: string }) => void) | undefined;
  onclose: (() => void) | undefined;
  address: string;
  constructor(address: string) {
    this.address = address;
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.isClosed = true;
  }
  say(value: unknown) {
    this.onmessage?.({ data: typeof value === "string" ? value : JSON.stringify(value) });
  }
}

const newest = () => FakeSocket.all.at(-1) as FakeSocket;

function follow() {
  const frames: LiveFrame[] = [];
  const stale: boolean[] = [];
  const live = followLive({
    path: "/api/v1/offices/moji/board/live",
    onFrame: (frame: LiveFrame) => frames.push(frame),
    onStale: (isStale) => stale.push(isStale),
    random: () => 1,
    makeSocket: (address) => new FakeSocket(address) as unknown as WebSocket,
  });
  return { live, frames, stale };
}

beforeEach(() => {
  FakeSocket.all = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a live screen", () => {
  it("takes newer frames and drops older ones", () => {
    const { frames, live } = follow();
    newest().say({ epoch: "e1", seq: 4 });
    newest().say({ epoch: "e1", seq: 3 });
    newest().say({ epoch: "e1", seq: 5 });
    newest().say({ epoch: "e2", seq: 1 });
    expect(frames.map(({ epoch, seq }) => `${epoch}:${seq}`)).toEqual(["e1:4", "e1:5", "e2:1"]);
    live.close();
  });

  it("pings, and a pong is a sign of life", () => {
    const { stale, live } = follow();
    newest().onopen?.();
    for (let beat = 0; beat < 5; beat += 1) {
      vi.advanceTimersByTime(2000);
      newest().say("pong");
    }
    expect(newest().sent).toEqual(Array(5).fill("ping"));
    expect(stale).toEqual([false]);
    live.close();
  });

  it("says that it is stale after 5 silent seconds, gives the line up and takes a new one", () => {
    const { stale, frames, live } = follow();
    newest().say({ epoch: "e1", seq: 1 });
    vi.advanceTimersByTime(5000);
    expect(stale).toEqual([false, true]);
    expect(newest().isClosed).toBe(true);
    vi.advanceTimersByTime(500);
    expect(FakeSocket.all).toHaveLength(2);
    newest().say({ epoch: "e1", seq: 2 });
    expect(stale).toEqual([false, true, false]);
    expect(frames).toHaveLength(2);
    live.close();
  });

  it("judges staleness from the last sign of life, not from the last attempt to connect", () => {
    const { stale, live } = follow();
    newest().say({ epoch: "e1", seq: 1 });
    vi.advanceTimersByTime(1000);
    // Refused at once, again and again: attempts at 1.5 s, 2.5 s and 4.5 s.
    newest().onclose?.();
    for (const wait of [500, 1000, 2000]) {
      vi.advanceTimersByTime(wait);
      newest().onclose?.();
    }
    vi.advanceTimersByTime(499);
    expect(stale).toEqual([false]);
    vi.advanceTimersByTime(1);
    expect(stale).toEqual([false, true]);
    live.close();
  });

  it("is stale when the first line never opens", () => {
    const { stale, live } = follow();
    newest().onclose?.();
    vi.advanceTimersByTime(500);
    newest().onclose?.();
    vi.advanceTimersByTime(4499);
    expect(stale).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(stale).toEqual([true]);
    live.close();
  });

  it("gives up a new line that stays silent, too", () => {
    const { live } = follow();
    vi.advanceTimersByTime(5000 + 500 + 5000 + 1000);
    expect(FakeSocket.all).toHaveLength(3);
    live.close();
  });

  it("waits longer from loss to loss", () => {
    const { live } = follow();
    newest().onclose?.();
    vi.advanceTimersByTime(499);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    newest().onclose?.();
    vi.advanceTimersByTime(999);
    expect(FakeSocket.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(3);
    live.close();
  });

  it("does not come back once closed", () => {
    const { live } = follow();
    const socket = newest();
    live.close();
    socket.onclose?.();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe("rules", () => {
  it("the wait doubles to 10 s and is cut by up to half", () => {
    expect([0, 1, 2, 9].map((tries) => reconnectWait(tries, [500, 10_000], 1))).toEqual([
      500, 1000, 2000, 10_000,
    ]);
    expect(reconnectWait(9, [500, 10_000], 0)).toBe(5000);
  });

  it("another epoch is always news", () => {
    expect(isNewer({ epoch: "b", seq: 1 }, { epoch: "a", seq: 9 })).toBe(true);
    expect(isNewer({ epoch: "a", seq: 9 }, { epoch: "a", seq: 9 })).toBe(false);
  });

  it("the address follows the page's own", () => {
    expect(socketAddress("/x", { protocol: "https:", host: "a.jp" })).toBe("wss://a.jp/x");
    expect(socketAddress("/x", { protocol: "http:", host: "a:1" })).toBe("ws://a:1/x");
  });
});
