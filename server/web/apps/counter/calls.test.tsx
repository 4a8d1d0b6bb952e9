// Calls for staff on the counter screen: seen, heard once, answered.
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bundle } from "../../words/generated/counter.ts";
import { startWords } from "../../words/index.ts";
import { goTo, listenToCalls, openCalls, type StaffCall } from "./calls.ts";
import { placeName } from "./kiosks.ts";
import { floor, isStale, office, session, told } from "./state.ts";
import { floor as frame } from "./testing/floors.ts";
import { Calls } from "./views/calls/calls.tsx";

const call = (id: number, more: Partial<StaffCall> = {}): StaffCall => ({
  id,
  place: `kokurakita-kiosk-${id}`,
  reason: "not_found",
  called_at: new Date(Date.now() - 130_000).toISOString(),
  ...more,
});

const sent: string[] = [];
let answeredBy = "山本";

describe("calls for staff", () => {
  beforeAll(() => startWords(bundle, "ja"));
  beforeEach(() => {
    sent.length = 0;
    answeredBy = "山本";
    vi.stubGlobal("fetch", async (address: string) => {
      sent.push(address);
      return new Response(JSON.stringify(call(1, { answered_by: answeredBy })));
    });
    session.value = {
      name: "yamamoto",
      display_name: "山本",
      office: "kokurakita",
      must_change_password: false,
    };
    office.value = "kokurakita";
    isStale.value = false;
    told.value = undefined;
    floor.value = frame({ staff_calls: [call(1), call(2)] });
  });
  afterEach(cleanup);

  it("names the kiosk, says why and since when", () => {
    render(<Calls />);
    expect(screen.getByText("受付機 1")).toBeTruthy();
    expect(screen.getAllByText("予約が見つからない方がいます")).toHaveLength(2);
    expect(screen.getAllByText("2分前")).toHaveLength(2);
    expect(placeName("information desk")).toBe("information desk");
  });

  it("answers the oldest call without a name, and it goes at once", async () => {
    await goTo();
    expect(sent).toEqual(["/api/v1/offices/kokurakita/staff-calls/1/answer"]);
    expect(openCalls.value.map(({ id }) => id)).toEqual([2]);
    expect(told.value?.title).toBe("受付機 1へお願いします。");
  });

  it("answers the call whose button is pressed", async () => {
    render(<Calls />);
    fireEvent.click(document.querySelectorAll("[data-answer]")[1] as Element);
    await vi.waitFor(() => expect(openCalls.value.map(({ id }) => id)).toEqual([1]));
    expect(sent).toEqual(["/api/v1/offices/kokurakita/staff-calls/2/answer"]);
  });

  it("says who goes when somebody else was faster", async () => {
    answeredBy = "佐藤";
    await goTo();
    expect(told.value?.title).toBe("受付機 1へは 佐藤 が行きます。");
  });

  it("does nothing without a call or without the server, and says so", async () => {
    isStale.value = true;
    await goTo();
    expect(told.value?.title).toBe("サーバーにつながるまで使えません");
    isStale.value = false;
    floor.value = frame();
    await goTo();
    expect(told.value?.title).toBe("呼んでいる受付機はありません");
    expect(sent).toEqual([]);
  });

  it("rings once for each call", () => {
    floor.value = frame();
    const ring = vi.fn();
    const stop = listenToCalls(ring);
    expect(ring).not.toHaveBeenCalled();
    floor.value = frame({ staff_calls: [call(1)] });
    floor.value = frame({ staff_calls: [call(1)] });
    expect(ring).toHaveBeenCalledTimes(1);
    floor.value = frame({ staff_calls: [call(1), call(2)] });
    expect(ring).toHaveBeenCalledTimes(2);
    const nextDay = new Date(Date.now() + 86_400_000).toISOString();
    floor.value = frame({ staff_calls: [call(1, { called_at: nextDay })] });
    expect(ring).toHaveBeenCalledTimes(3);
    stop();
  });
});
