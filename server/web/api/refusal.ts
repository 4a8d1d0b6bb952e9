// A refusal of the server (RFC 9457 problem document) or of the network, as a value that pages switch on by `code`.

export interface RefusedField {
  /** JSON pointer into the request body: "/contact/phone" */
  pointer: string;
  code: string;
}

export class Refusal extends Error {
  readonly code: string;
  /** 0 when no answer came */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly fields: readonly RefusedField[];
  readonly values: Readonly<Record<string, string>>;

  constructor(facts: {
    code: string;
    status?: number;
    title?: string;
    detail?: string;
    fields?: readonly RefusedField[];
    values?: Readonly<Record<string, string>>;
  }) {
    super(facts.title ?? facts.code);
    this.name = "Refusal";
    this.code = facts.code;
    this.status = facts.status ?? 0;
    this.title = facts.title ?? "";
    this.detail = facts.detail ?? "";
    this.fields = facts.fields ?? [];
    this.values = facts.values ?? {};
  }

  /** Nothing came back: the page says so in its own words ("unreachable", "timeout"). */
  get isNetwork(): boolean {
    return this.status === 0;
  }
}

/** Reads a problem document; an answer that is none (a proxy's page) becomes `unexpected_answer`. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const status = response.status;
  try {
    const body: unknown = await response.json();
    if (isRecord(body) && typeof body.code === "string") {
      return new Refusal({ ...(body as { code: string }), status });
    }
  } catch {
    // Not JSON: told below.
  }
  return new Refusal({ code: "unexpected_answer", status });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
