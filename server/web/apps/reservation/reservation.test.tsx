import { fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeClient } from "../../api/client.ts";
import { type MockApi, mockApi } from "../../testing/mock-api.ts";
import { startTestWords } from "../../testing/words.ts";
import { currentLocale } from "../../words/index.ts";
import { ReservationPage } from "./app.tsx";
import { makeStore, type Store, secretOf } from "./store.ts";

let api: MockApi;
let store: Store;

async function book(): Promise<void> {
  await api.fetch("/api/v1/holds", {
    method: "POST",
    body: JSON.stringify({ date: "2026-11-25", time: "10:30" }),
  });
  await api.fetch("/api/v1/reservations", { method: "POST", body: JSON.stringify({}) });
}

function open(address: string): void {
  history.replaceState(null, "", address);
  store = makeStore(makeClient({ locale: currentLocale, fetch: api.fetch, wait: async () => {} }));
  render(<ReservationPage store={store} />);
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

beforeEach(async () => {
  await startTestWords("ja");
  api = mockApi();
  await book();
});
afterEach(() => store.stop());

describe("the reservation page", () => {
  it("shows the reservation of the secret in the address", async () => {
    open("/r#s3cret");
    await screen.findByRole("heading", { level: 1, name: "予約しています" });
    expect(screen.getByText("1234 5672")).toBeTruthy();
    expect(await screen.findByText(/10:15〜10:40/)).toBeTruthy();
  });

  it("finds it by code and contact", async () => {
    open("/r");
    fireEvent.input(screen.getByLabelText("予約番号"), { target: { value: "1234 5672" } });
    fireEvent.input(screen.getByLabelText("電話番号かメールアドレス"), {
      target: { value: "090" },
    });
    press("予約を見る");
    await screen.findByRole("heading", { level: 1, name: "予約しています" });
  });

  it("says in the server's words that there is none", async () => {
    open("/r#wrong");
    expect((await screen.findByRole("alert")).textContent).toContain(
      "next step of reservation_not_found",
    );
    expect(screen.getByLabelText("予約番号")).toBeTruthy();
  });

  it("asks once before it cancels, and can be left", async () => {
    open("/r#s3cret");
    await screen.findByRole("heading", { level: 1, name: "予約しています" });
    press("予約をやめる");
    press("やめない");
    expect(api.reservation?.state).toBe("booked");
    press("予約をやめる");
    press("やめる");
    await screen.findByRole("heading", { level: 1, name: "予約を取り消しました" });
    expect(api.reservation?.state).toBe("cancelled");
    expect(screen.queryByText("当日 発券機に かざします")).toBeNull();
  });

  it("says after the check-in that the number is on the paper", async () => {
    if (api.reservation) {
      api.reservation = { ...api.reservation, state: "checked_in", cancellable: false };
    }
    open("/r#s3cret");
    await screen.findByRole("heading", { level: 1, name: "受付ずみです" });
    expect(screen.getByText("番号は 受付のときに出た紙にあります")).toBeTruthy();
    expect(screen.getByRole("link", { name: "新しく予約する" }).className).toContain("secondary");
    expect(screen.queryByText("1234 5672")).toBeNull();
  });

  it("says for whom each thing is to be brought", async () => {
    open("/r#s3cret");
    expect(await screen.findByText("持っている方だけ")).toBeTruthy();
  });

  it("reads a secret from an address, whatever stands there", () => {
    expect(secretOf("#a%20b")).toBe("a b");
    expect(secretOf("#%zz")).toBe("");
    expect(secretOf("")).toBe("");
  });
});
