// Which display this is: a page opened with #key=… exchanges the key for a cookie once and forgets it.
import { type Client, Refusal } from "../../api/index.ts";

export type DeviceState = "known" | "unknown" | "other_office" | "unreachable";

/** "/hall/kokurakita" → "kokurakita" */
export function officeOfPath(path: string): string | undefined {
  return /^\/hall\/([a-z0-9_-]{1,40})\/?$/.exec(path)?.[1];
}

/** "#key=abc" → "abc" */
export function keyOfHash(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("key") || undefined;
}

export async function openDevice(
  client: Client,
  office: string,
  key: string | undefined,
): Promise<DeviceState> {
  try {
    const device = key
      ? await client.post("/api/v1/devices/session", { body: { key } })
      : await client.get("/api/v1/devices/session", {});
    return device.office === office ? "known" : "other_office";
  } catch (error) {
    if (
      error instanceof Refusal &&
      (error.status === 401 || error.status === 403 || error.status === 422)
    ) {
      return "unknown";
    }
    return "unreachable";
  }
}
