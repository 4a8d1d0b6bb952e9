// The whole flow on a stand-in server.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeClient } from "../../api/client.ts";
import { tellClock } from "../../core/clock.ts";
import { type MockApi, mockApi, mockNow } from "../../testing/mock-api.ts";
import { startTestWords } from "../../testing/words.ts";
import { currentLocale, offeredLocales, setLocale } from "../../words/index.ts";
import { Booking } from "./app.tsx";
import { makeStore, type Store } from "./store.ts";

let api: MockApi;
let store: Store;
const toTimes = "/?office=kokurakita&errand=move&service=move_in&step=time";

function open(address: string): void {
  history.replaceState(null, "", address);
  const client = makeClient({ locale: currentLocale, fetch: api.fetch, wait: async () => {} });
  store = makeStore(client);
  render(<Booking store={store} />);
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const follow = (name: string | RegExp) => fireEvent.click(screen.getByRole("link", { name }));
const heading = (name: string | RegExp) => screen.findByRole("heading", { level: 1, name });

async function takeTime(name: RegExp): Promise<void> {
  fireEvent.click(await screen.findByRole("button", { name }));
  await screen.findByText(/まで確保/);
}

beforeEach(async () => {
  sessionStorage.clear();
  localStorage.clear();
  tellClock(mockNow, false);
  await startTestWords("ja");
  api = mockApi();
});
afterEach(() => store.stop());

describe("booking", () => {
  it("goes from the office to the code, asking nothing personal before a time is held", async () => {
    open("/");
    await heading("区役所をえらんでください");
    fireEvent.click(await screen.findByRole("link", { name: /小倉北区役所/ }));
    fireEvent.click(await screen.findByRole("link", { name: /引っ越し・住所/ }));
    await heading(/どの手続きですか/);
    follow(/転入届/);
    await screen.findByText("転出証明書");
    follow("日時をえらぶ");
    await takeTime(/今日.*11:00/);
    expect(document.querySelector("input")).toBeNull();
    press("この時間で 次へ");
    await heading(/連絡先/);
    fireEvent.input(screen.getByLabelText("電話番号", { selector: "input[type=tel]" }), {
      target: { value: "０９０-1234-5678" },
    });
    press("確認へ進む");
    await heading("これで予約しますか");
    press("予約する");
    await heading("予約できました");
    expect(screen.getByText("1234 5672")).toBeTruthy();
    expect(screen.getByRole("link", { name: /確認・取り消し/ }).getAttribute("href")).toBe(
      "/r#s3cret",
    );
    expect(api.bodies.at(-1)).toEqual({
      hold: "hold-secret",
      help: [],
      locale: "ja",
      contact: { phone: "09012345678" },
    });
  });

  it("remembers the office", async () => {
    open("/?office=kokurakita");
    await screen.findByText("小倉北区役所");
    store.go({ step: "errand", office: "kokurakita" });
    store.stop();
    open("/");
    expect(store.route.value.office).toBe("kokurakita");
  });

  it("shows what is wrong at the top and at the field, and keeps what was typed", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    press("この時間で 次へ");
    const phone = await screen.findByLabelText("電話番号", { selector: "input[type=tel]" });
    fireEvent.input(phone, { target: { value: "090-1234-56" } });
    fireEvent.click(screen.getByLabelText("通訳"));
    press("確認へ進む");
    const alert = await screen.findByRole("alert");
    expect(within(alert).getAllByRole("link")).toHaveLength(2);
    expect(phone.getAttribute("aria-invalid")).toBe("true");
    expect((phone as HTMLInputElement).value).toBe("090-1234-56");
    await waitFor(() => expect(document.title).toContain("連絡先"));
  });

  it("offers the nearest times after a lost race, on the same page", async () => {
    open(toTimes);
    api.refuseNext("/holds", 409, "slot_full", {
      nearest1: "2026-11-24T13:30",
      nearest2: "2026-11-25T09:00",
    });
    fireEvent.click(await screen.findByRole("button", { name: /今日.*11:00/ }));
    expect((await screen.findByRole("alert")).textContent).toContain("next step of slot_full");
    const offered = screen.getByRole("heading", { name: "近い時間" }).parentElement as HTMLElement;
    await takeTime(/今日.*13:00/);
    expect(within(offered).queryAllByRole("button").length).toBeLessThanOrEqual(2);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("sends the same key again when the answer got lost and the visitor presses once more", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    store.change({ contactKind: "none" });
    store.go({ ...store.route.value, step: "check" });
    await heading("これで予約しますか");
    const before = api.keys.length;
    api.refuseNext("/reservations", 503, "storage_unavailable");
    press("予約する");
    await screen.findByRole("alert");
    press("予約する");
    await heading("予約できました");
    const [first, second] = api.keys.slice(before);
    expect(second).toBe(first);
  });

  it("asks for the time again when the hold has run out, with everything kept", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    store.change({ phone: "09012345678" });
    store.go({ ...store.route.value, step: "check" });
    await heading("これで予約しますか");
    tellClock(new Date(Date.parse(mockNow) + 11 * 60_000).toISOString(), false);
    await heading("日時をえらんでください");
    expect((await screen.findByRole("alert")).textContent).toContain("入力した内容は残っています");
    expect(store.draft.value.phone).toBe("09012345678");
    expect(store.draft.value.hold).toBeNull();
  }, 10_000);

  it("extends the hold by a press and shows the new clock time", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    expect(screen.getByText("8:40 まで確保")).toBeTruthy();
    press("延ばす");
    await screen.findByText("8:45 まで確保");
  });

  it("gives the earlier hold back when another time is taken", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    press(/今日.*13:00/);
    await waitFor(() => expect(api.bodies).toHaveLength(2));
    expect(api.bodies[1]).toMatchObject({ time: "13:00", replaces: "hold-secret" });
  });

  it("goes back with the browser's Back", async () => {
    open("/?office=kokurakita&service=move_in&step=bring");
    fireEvent.click(await screen.findByRole("link", { name: "日時をえらぶ" }));
    await heading("日時をえらんでください");
    history.back();
    await heading(/持ってくるもの/);
  });

  it("says so when a service takes no reservations", async () => {
    open("/?office=kokurakita&service=help&step=bring");
    await screen.findByText("この手続きは 予約なしで受け付けます");
    expect(screen.queryByRole("link", { name: "日時をえらぶ" })).toBeNull();
  });

  it("switches the language in place", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    await setLocale("en");
    await heading("Choose a day and time");
    expect(screen.getByText("Kept for you until 8:40")).toBeTruthy();
    expect(store.route.value.step).toBe("time");
  });

  it("says that there is no connection, and tries again", async () => {
    for (let tries = 0; tries < 3; tries += 1) api.dropNext("/offices");
    const broken = api.fetch;
    let isDown = true;
    api.fetch = (...call) => (isDown ? Promise.reject(new TypeError("down")) : broken(...call));
    open("/");
    await screen.findByText("つながりません");
    isDown = false;
    press("もう一度");
    await screen.findByRole("link", { name: /小倉北区役所/ });
  });

  describe("after the booking", () => {
    async function book(): Promise<void> {
      open(toTimes);
      await takeTime(/今日.*11:00/);
      store.change({ contactKind: "none" });
      store.go({ ...store.route.value, step: "check" });
      await heading("これで予約しますか");
      press("予約する");
      await heading("予約できました");
    }
    const cancelElsewhere = () =>
      api.fetch("/api/v1/reservations/cancel", { method: "POST", body: "{}" });

    it("says for whom each thing is to be brought", async () => {
      await book();
      expect(await screen.findByText("持っている方だけ")).toBeTruthy();
    });

    it("shows after a reload what became of the reservation", async () => {
      await book();
      await cancelElsewhere();
      store.stop();
      cleanup();
      open("/?step=done");
      await heading("予約を取り消しました");
      expect(screen.queryByText("1234 5672")).toBeNull();
      await waitFor(() => expect(document.title).toContain("予約を取り消しました"));
    });

    it("shows it when Back brings the page as it was left", async () => {
      await book();
      await cancelElsewhere();
      dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
      await heading("予約を取り消しました");
    });

    it("keeps the code when there is no network", async () => {
      await book();
      store.stop();
      cleanup();
      for (let tries = 0; tries < 3; tries += 1) api.dropNext("/reservations/show");
      open("/?step=done");
      await heading("予約できました");
      expect(screen.getByText("1234 5672")).toBeTruthy();
    });
  });

  it("shows the telephone number as it was understood", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    store.change({ phone: "０９０１２３４-5678" });
    store.go({ ...store.route.value, step: "check" });
    await screen.findByText("090-1234-5678");
  });

  it("marks the title while something is wrong", async () => {
    open(toTimes);
    await takeTime(/今日.*11:00/);
    press("この時間で 次へ");
    await heading(/連絡先/);
    expect(document.title).not.toContain("エラー");
    press("確認へ進む");
    await waitFor(() => expect(document.title).toMatch(/^エラー:連絡先/));
  });

  it("finds by other names, and says once when there is nothing", async () => {
    open("/?office=kokurakita");
    const field = await screen.findByLabelText("ことばで探す");
    fireEvent.input(field, { target: { value: "ひっこし" } });
    await screen.findByRole("link", { name: /転出届/ });
    fireEvent.input(field, { target: { value: "xyz" } });
    await screen.findByText("見つかりませんでした");
    expect(screen.queryByText(/0件/)).toBeNull();
  });

  it("says why a day of this week that is over was closed", async () => {
    open(toTimes);
    expect((await screen.findAllByText("勤労感謝の日")).length).toBeGreaterThan(0);
  });

  it("offers only languages that have words", async () => {
    open("/");
    await heading("区役所をえらんでください");
    const names = screen.getAllByRole("button").map((one) => one.getAttribute("lang"));
    expect(new Set(names.filter((one) => one))).toEqual(new Set(offeredLocales));
  });
});
