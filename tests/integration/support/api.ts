// Calls the server and checks every answer against schema/openapi.yaml.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import type { Server } from "./server.ts";

interface MediaType {
  schema: object;
}
interface ResponseObject {
  $ref?: string;
  content?: Record<string, MediaType>;
}
interface Operation {
  responses: Record<string, ResponseObject>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, ResponseObject> };
}

const contract = parse(
  readFileSync(resolve(import.meta.dirname, "../../../schema/openapi.yaml"), "utf8"),
) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "contract", ...contract });
const compiled = new Map<string, ValidateFunction>();

function operationOf(
  method: string,
  path: string,
): { template: string; operation: Operation } | undefined {
  for (const [template, operations] of Object.entries(contract.paths)) {
    const pattern = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
    const operation = operations[method.toLowerCase()];
    if (operation && pattern.test(path)) return { template, operation };
  }
  return undefined;
}

function pointerTo(...parts: string[]): string {
  return `contract#/${parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
}

// Throws when the answer is not what the contract promises.
export function checkContract(
  method: string,
  path: string,
  status: number,
  type: string,
  body: unknown,
): void {
  const found = operationOf(method, path);
  if (!found) throw new Error(`the contract has no ${method} ${path}`);
  const name = found.operation.responses[String(status)] ? String(status) : "default";
  const response = found.operation.responses[name];
  if (!response) throw new Error(`${method} ${found.template} must not answer ${status}`);
  if (name === "default" && status < 400)
    throw new Error(`${method} ${found.template} answered ${status}, which is not documented`);
  const base = response.$ref
    ? ["components", "responses", response.$ref.split("/").at(-1) ?? ""]
    : ["paths", found.template, method.toLowerCase(), "responses", name];
  const content = response.$ref
    ? contract.components.responses[base[2] ?? ""]?.content
    : response.content;
  if (!content) return;
  const media = type.split(";")[0] ?? "";
  if (!content[media]) throw new Error(`${method} ${found.template} ${status} answered ${media}`);
  if (!media.endsWith("json")) return;
  const pointer = pointerTo(...base, "content", media, "schema");
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: pointer });
  compiled.set(pointer, validate);
  if (!validate(body)) {
    throw new Error(
      `${method} ${found.template} ${status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`,
    );
  }
}

export const ownPassword = "correct horse battery 7";

export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
}

export class Api {
  private cookie = "";
  private key = "";
  private readonly server: Server;
  constructor(server: Server) {
    this.server = server;
  }

  static device(server: Server, device: string): Api {
    const api = new Api(server);
    api.key = server.deviceKey(device);
    return api;
  }
  // Signed in, with a password of their own.
  static async clerk(server: Server, name: string): Promise<Api> {
    const own = server.ownPasswords.get(name);
    if (own) return Api.signIn(server, name, own);
    const first = server.firstPassword(name);
    const api = await Api.signIn(server, name, first);
    const change = { old_password: first, new_password: ownPassword };
    await api.ok(api.post("/api/v1/staff/password", change));
    server.ownPasswords.set(name, ownPassword);
    return api;
  }
  static async signIn(server: Server, name: string, password: string): Promise<Api> {
    const api = new Api(server);
    const answer = await api.post("/api/v1/staff/session", { name, password });
    if (answer.status !== 200) throw new Error(`sign-in of ${name}: ${answer.status}`);
    api.cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    return api;
  }
  get cookies(): string {
    return this.cookie;
  }

  async call<T = any>(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const all: Record<string, string> = { accept: "application/json", ...headers };
    if (this.cookie) all.cookie = this.cookie;
    if (this.key) all.authorization = `Device ${this.key}`;
    if (body !== undefined) all["content-type"] ??= "application/json";
    const response = await fetch(this.server.url + target, {
      method,
      headers: all,
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const parsed = type.includes("json") && text ? JSON.parse(text) : text;
    checkContract(method, target.split("?")[0] ?? "", response.status, type, parsed);
    return { status: response.status, headers: response.headers, body: parsed as T };
  }
  get<T = any>(target: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call<T>("GET", target, undefined, headers);
  }
  post<T = any>(target: string, body: unknown, key: string = randomUUID()): Promise<Answer<T>> {
    return this.call<T>("POST", target, body, { "idempotency-key": key });
  }
  // The body of a call that must succeed.
  async ok<T = any>(answer: Promise<Answer<T>>): Promise<T> {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }
}
