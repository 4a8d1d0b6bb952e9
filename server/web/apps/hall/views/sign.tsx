// Where to go: the zone's letter in a frame, the same sign that hangs over the windows.
import type { JSX } from "preact";

export function ZoneSign({ zone }: { zone: string }): JSX.Element | null {
  return zone ? <b class="m-zone">{zone}</b> : null;
}
