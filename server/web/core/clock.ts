// The server's time on this page. Phones are often wrong by minutes and the demo clock is off by days, so pages never
// ask Date.now() for business: they add the offset measured when the clock was last told. Not for measuring spans.
import { signal } from "@preact/signals";

interface Offset {
  ms: number;
  isDemo: boolean;
}

const offset = signal<Offset | undefined>(undefined);

/** Told once at load and after a reconnect: the server's now, and how long the answer was on its way. */
export function tellClock(
  serverNow: string,
  isDemo: boolean,
  roundTripMs = 0,
  localNow = Date.now(),
): void {
  offset.value = { ms: Date.parse(serverNow) + roundTripMs / 2 - localNow, isDemo };
}

/** Now, in milliseconds since 1970, as the server has it. */
export function serverNow(): number {
  return Date.now() + (offset.value?.ms ?? 0);
}

export function isDemoClock(): boolean {
  return offset.value?.isDemo ?? false;
}

/** False until the server told its time once: what serverNow() says is the device's own. */
export function isClockKnown(): boolean {
  return offset.value !== undefined;
}
