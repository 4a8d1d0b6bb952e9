// Asks the server's clock once and tells core's clock, so that every page lives in the server's time.
import { tellClock } from "../core/clock.ts";
import type { Client } from "./client.ts";

/** Never fails: without an answer the page goes on with the device's time. */
export async function syncClock(client: Client): Promise<void> {
  const sent = performance.now();
  try {
    const clock = await client.get("/api/v1/clock", {});
    tellClock(clock.now, clock.is_demo, performance.now() - sent);
  } catch {
    // The next call will say that the server is away.
  }
}
