// The HTTP client of every page: paths, bodies and answers are typed by schema/openapi.yaml; refusals are thrown as
// Refusal. A command that got no answer is sent again with the same Idempotency-Key, so that it happens once.
import type { paths } from "./generated/openapi.ts";
import { Refusal, refusalOf } from "./refusal.ts";
import type { Answer, Call, PathWith } from "./types.ts";

export interface ClientOptions {
  /** "" = the page's own origin */
  base?: string;
  /** Language of names and refusals in the answers */
  locale: () => string;
  timeoutMs?: number;
  fetch?: typeof fetch;
  /** Waits between tries of a command that got no answer, in ms */
  retryAfterMs?: readonly number[];
  wait?: (ms: number) => Promise<void>;
}

export interface Client {
  get<P extends PathWith<"get">>(path: P, call: Call<P, "get">): Promise<Answer<P, "get">>;
  /** `key` makes repeats of one decision the same command; leave it out only where repeating is harmless. */
  post<P extends PathWith<"post">>(
    path: P,
    call: Call<P, "post">,
    key?: string,
  ): Promise<Answer<P, "post">>;
  delete<P extends PathWith<"delete">>(path: P): Promise<void>;
  /** An answer that is no JSON (calendar file): the bytes as they came. */
  postForBlob<P extends PathWith<"post">>(path: P, call: Call<P, "post">): Promise<Blob>;
}

interface Loose {
  path?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
}

/** A fresh key for one decision of the visitor. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function addressOf(path: string, call: Loose): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(call.path?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${filled}?${text}` : filled;
}

export function makeClient(options: ClientOptions): Client {
  const { base = "", locale, timeoutMs = 15_000, retryAfterMs = [500, 2000] } = options;
  const send = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  const wait = options.wait ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));

  async function once(method: string, path: string, call: Loose, key?: string): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": locale() };
    if (call.body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    const request: RequestInit = { method, headers, signal: AbortSignal.timeout(timeoutMs) };
    if (call.body !== undefined) request.body = JSON.stringify(call.body);
    try {
      return await send(base + addressOf(path, call), request);
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === "TimeoutError";
      throw new Refusal({ code: isTimeout ? "timeout" : "unreachable" });
    }
  }

  // Safe to send again: reads, and commands that carry a key.
  async function reliably(
    method: string,
    path: string,
    call: Loose,
    key?: string,
  ): Promise<Response> {
    const waits = method === "GET" || key ? retryAfterMs : [];
    for (const ms of waits) {
      try {
        return await once(method, path, call, key);
      } catch {
        await wait(ms);
      }
    }
    return once(method, path, call, key);
  }

  async function json<T>(method: string, path: string, call: Loose, key?: string): Promise<T> {
    const response = await reliably(method, path, call, key);
    if (!response.ok) throw await refusalOf(response);
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new Refusal({ code: "unexpected_answer", status: response.status });
    }
  }

  return {
    get: (path, call) => json("GET", path, call as Loose),
    post: (path, call, key) => json("POST", path, call as Loose, key),
    delete: (path: keyof paths) => json("DELETE", path, {}),
    postForBlob: async (path, call) => {
      const response = await once("POST", path, call as Loose);
      if (!response.ok) throw await refusalOf(response);
      return response.blob();
    },
  };
}
