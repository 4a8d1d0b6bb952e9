// A live screen's WebSocket: full frames with epoch and sequence number; comes back by itself after a loss, says when
// what is shown may be old. Not for commands: those go over HTTP.

export interface LiveFrame {
  /** Changes when the server starts anew; sequence numbers start again then */
  epoch: string;
  seq: number;
}

export interface LiveOptions<Frame extends LiveFrame> {
  /** Path on the page's own origin: "/api/v1/offices/kokurakita/board/live" */
  path: string;
  /** Every frame that is newer than the last one */
  onFrame: (frame: Frame) => void;
  /** true when nothing was heard for `staleAfterMs`, false when the line is good again */
  onStale: (isStale: boolean) => void;
  staleAfterMs?: number;
  pingEveryMs?: number;
  /** First and largest wait before a reconnect */
  waitMs?: readonly [number, number];
  random?: () => number;
  makeSocket?: (address: string) => WebSocket;
}

export interface Live {
  close(): void;
}

/** 0.5 s doubling to 10 s, each shortened by up to half, so that many screens do not come back at the same moment. */
export function reconnectWait(
  tries: number,
  [first, largest]: readonly [number, number],
  random: number,
): number {
  const full = Math.min(largest, first * 2 ** tries);
  return full * (0.5 + random / 2);
}

/** Is `frame` news to a screen that shows `shown`? Another epoch always is. */
export function isNewer(frame: LiveFrame, shown: LiveFrame | undefined): boolean {
  return !shown || frame.epoch !== shown.epoch || frame.seq > shown.seq;
}

export function socketAddress(
  path: string,
  page: { protocol: string; host: string } = location,
): string {
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.host}${path}`;
}

export function followLive<Frame extends LiveFrame>(options: LiveOptions<Frame>): Live {
  const {
    staleAfterMs = 5000,
    pingEveryMs = 2000,
    waitMs = [500, 10_000],
    random = Math.random,
  } = options;
  const makeSocket = options.makeSocket ?? ((address: string) => new WebSocket(address));
  let socket: WebSocket | undefined;
  let shown: Frame | undefined;
  let tries = 0;
  let isClosed = false;
  let isStale: boolean | undefined;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let staleTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setInterval> | undefined;

  function say(stale: boolean): void {
    if (stale === isStale) return;
    isStale = stale;
    options.onStale(stale);
  }

  function heard(): void {
    say(false);
    judgeStale();
    judgeLine();
  }

  // From the last sign of life on any line: a new attempt to connect is none.
  function judgeStale(): void {
    clearTimeout(staleTimer);
    staleTimer = setTimeout(() => say(true), staleAfterMs);
  }

  // A line that says nothing is given up: a half-open connection would stay silent for minutes.
  function judgeLine(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(onSilence, staleAfterMs);
  }

  function onSilence(): void {
    socket?.close();
    lost();
  }

  function lost(): void {
    if (isClosed || reconnectTimer !== undefined) return;
    clearInterval(pingTimer);
    clearTimeout(silenceTimer);
    socket = undefined;
    reconnectTimer = setTimeout(connect, reconnectWait(tries, waitMs, random()));
    tries += 1;
  }

  function onMessage(event: MessageEvent): void {
    heard();
    tries = 0;
    if (typeof event.data !== "string" || event.data === "pong") return;
    const frame = JSON.parse(event.data) as Frame;
    if (!isNewer(frame, shown)) return;
    shown = frame;
    options.onFrame(frame);
  }

  function connect(): void {
    reconnectTimer = undefined;
    judgeLine();
    const mine = makeSocket(socketAddress(options.path));
    socket = mine;
    mine.onopen = () => {
      if (mine !== socket) return;
      pingTimer = setInterval(() => mine.send("ping"), pingEveryMs);
    };
    mine.onmessage = (event) => {
      if (mine === socket) onMessage(event);
    };
    mine.onclose = () => {
      if (mine === socket) lost();
    };
  }

  judgeStale();
  connect();
  return {
    close() {
      isClosed = true;
      clearTimeout(reconnectTimer);
      clearTimeout(staleTimer);
      clearTimeout(silenceTimer);
      clearInterval(pingTimer);
      socket?.close();
    },
  };
}
