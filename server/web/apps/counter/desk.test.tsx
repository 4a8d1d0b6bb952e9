// The desk: a number by service or by reservation, refusals in words, one decision = one number.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { IssuedTicket } from "../../api/types.ts";
import { checkDigit } from "../../core/index.ts";
import { bundle } from "../../words/generated/counter.ts";
import { startWords } from "../../words/index.ts";
import { findServices } from "./desk.ts";
import { dialog, floor, office } from "./state.ts";
import { floor as frame } from "./testing/floors.ts";
import { DeskDialog } from "./views/dialog/desk.tsx";

const services = [
  {
    id: "move_in",
    group: "A",
    name_ja: "転入届",
    name_en: "Moving in",
    minutes: 28,
    passed_limit: 4,
  },
  {
    id: "seal",
    group: "C",
    name_ja: "印鑑登録",
    name_en: "Seal registration",
    minutes: 10,
    passed_limit: 4,
  },
];
const given: Partial<IssuedTicket> = {
  number: "C012",
  service_name_ja: "印鑑登録",
  people_ahead: 3,
  estimate: {
    low_minutes: 10,
    high_minutes: 20,
    at_latest: "2026-11-24T01:55:00.000Z",
    is_soon: false,
  },
  zone: "B",
  url: "http://127.0.0.1/t/x",
};

const code = `4827193${checkDigit("4827193")}`;

interface Sent {
  address: string;
  body: Record<string, unknown>;
  key: string | null;
}

const sent: Sent[] = [];
let answer: () => Promise<Response>;

const json = (body: unknown, status = 201) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const type = (id: string, value: string) => fireEvent.input(field(id), { target: { value } });
const submit = () => fireEvent.submit(document.querySelector("form") as Element);
const press = (selector: string) => fireEvent.click(document.querySelector(selector) as Element);

describe("the desk", () => {
  beforeAll(async () => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    vi.stubGlobal("fetch", async (address: string, request?: RequestInit) => {
      const key = new Headers(request?.headers).get("Idempotency-Key");
      sent.push({ address, body: JSON.parse(String(request?.body)), key });
      return answer();
    });
    await startWords(bundle, "ja");
  });
  beforeEach(() => {
    sent.length = 0;
    answer = () => json(given);
    office.value = "kokurakita";
    floor.value = frame({ services });
    dialog.value = "desk";
    render(<DeskDialog />);
  });
  afterEach(cleanup);

  it("gives a number for what was typed, and shows it large", async () => {
    type("desk-seek", "seal");
    fireEvent.change(field("desk-language"), { target: { value: "vi" } });
    fireEvent.click(field("desk-priority"));
    submit();
    await screen.findByText("前に 3人");
    await screen.findByText("約10〜20分 遅くとも 10:55ごろ");
    expect(document.querySelector("[data-given]")?.getAttribute("data-given")).toBe("C012");
    expect(sent[0]?.address).toBe("/api/v1/offices/kokurakita/tickets");
    expect(sent[0]?.body).toMatchObject({ service: "seal", locale: "vi", priority: true });
    expect(await screen.findByRole("img", { name: "順番が見られるQRコード" })).toBeTruthy();
  });

  it("checks a reservation in by its 8 digits", async () => {
    press("[data-way=check_in]");
    type("desk-code", `${code.slice(0, 4)} ${code.slice(4)}`);
    submit();
    await screen.findByText("前に 3人");
    expect(sent[0]?.address).toBe("/api/v1/offices/kokurakita/check-ins");
    expect(sent[0]?.body).toMatchObject({ code });
    expect(sent[0]?.body).not.toHaveProperty("service");
  });

  it("asks for what is missing and sends nothing", async () => {
    submit();
    expect(await screen.findByText("手続きを選んでください。")).toBeTruthy();
    press("[data-way=check_in]");
    type("desk-code", "4827193");
    submit();
    expect(await screen.findByText("予約番号の 8けたを確かめてください。")).toBeTruthy();
    expect(sent).toEqual([]);
  });

  it("tells a refusal in the server's words and keeps what was entered", async () => {
    answer = () =>
      json({ code: "office_not_issuing", title: "受付時間外です。", detail: "あす 8:30" }, 409);
    type("desk-seek", "転入");
    submit();
    expect(await screen.findByText("受付時間外です。")).toBeTruthy();
    expect(screen.getByText("あす 8:30")).toBeTruthy();
    expect(field("desk-seek").value).toBe("転入");
  });

  it("sends the same order as the same message until it was answered", async () => {
    answer = () => Promise.reject(new TypeError("Failed to fetch"));
    type("desk-seek", "seal");
    submit();
    await waitFor(() => expect(document.querySelector("[role=alert]")?.textContent).toBeTruthy());
    answer = () => json(given);
    submit();
    await screen.findByText("前に 3人");
    press("[data-again]");
    type("desk-seek", "seal");
    submit();
    await waitFor(() => expect(sent).toHaveLength(3));
    const [first, second, third] = sent;
    expect(second?.key).toBe(first?.key);
    expect(second?.body.message_id).toBe(first?.body.message_id);
    expect(third?.body.message_id).not.toBe(first?.body.message_id);
  });

  it("chooses with the arrows while typing", () => {
    fireEvent.keyDown(field("desk-seek"), { code: "ArrowDown" });
    fireEvent.keyDown(field("desk-seek"), { code: "ArrowDown" });
    expect(field("desk-service").value).toBe("seal");
    fireEvent.keyDown(field("desk-seek"), { code: "ArrowUp" });
    expect(field("desk-service").value).toBe("move_in");
  });

  it("finds services by name in both languages and by letter", () => {
    const found = (text: string) => findServices(services, text).map(({ id }) => id);
    expect(found("")).toEqual(["move_in", "seal"]);
    expect(found("印鑑")).toEqual(["seal"]);
    expect(found("MOVING")).toEqual(["move_in"]);
    expect(found("c")).toEqual(["seal"]);
    expect(found("xyz")).toEqual([]);
  });
});
