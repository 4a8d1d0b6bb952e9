// Kiosks on the counter screen: a quiet line where something is worth saying, all of them in a dialog.
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../../words/generated/counter.ts";
import { startWords } from "../../words/index.ts";
import { type Kiosk, placeName } from "./kiosks.ts";
import { floor } from "./state.ts";
import { floor as frame } from "./testing/floors.ts";
import { Calls } from "./views/calls/calls.tsx";
import { KioskNotes, KiosksButton, KiosksDialog } from "./views/kiosks/kiosks.tsx";

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

function kiosk(number: number, printer: Partial<Kiosk["printer"]> = {}, more = {}): Kiosk {
  return {
    id: `kokurakita-kiosk-${number}`,
    printer: {
      state: "ready",
      since: "2026-11-24T01:30:00.000Z",
      model: "TM-m30",
      confirms: "printed",
      paper_metres: 42,
      ...printer,
    },
    ...more,
  };
}

const call = (reason: "paper_near_end" | "printer" | "help") => ({
  id: 1,
  place: "kokurakita-kiosk-1",
  reason,
  called_at: ago(0),
});

const notes = () => {
  const { container } = render(<KioskNotes />);
  return [...container.querySelectorAll("[data-kiosk]")].map((one) => one.textContent ?? "");
};
const sign = () => {
  const { container } = render(<KiosksButton />);
  return container.querySelector(".m-late, .m-soon")?.className;
};

describe("kiosks", () => {
  beforeAll(() => startWords(bundle, "ja"));
  beforeEach(() => {
    floor.value = frame();
  });
  afterEach(cleanup);

  it("have their number for a name", () => {
    expect(placeName("kokurakita-kiosk-2")).toBe("受付機 2");
    expect(placeName("information desk")).toBe("information desk");
  });

  it("say nothing while all is well", () => {
    floor.value = frame({ kiosks: [kiosk(1), kiosk(2, {}, { alone_since: ago(5) })] });
    expect(notes()).toEqual([]);
    expect(sign()).toBeUndefined();
  });

  it("say what is wrong, since when, the metres left and what is confirmed", () => {
    floor.value = frame({
      kiosks: [kiosk(1, { state: "paper_near_end", paper_metres: 4 }), kiosk(2)],
    });
    const [note, ...others] = notes();
    expect(others).toEqual([]);
    for (const part of ["受付機 1", "用紙が少なくなっています", "10:30", "4m", "1枚ずつ"])
      expect(note).toContain(part);
    expect(sign()).toBe("m-soon");
  });

  it("do not count paper that has run out", () => {
    floor.value = frame({ kiosks: [kiosk(1, { state: "paper_out", paper_metres: 0 })] });
    expect(notes()[0]).not.toContain("0m");
    expect(sign()).toBe("m-late");
  });

  it("leave it to their call, which names the metres or the cause", () => {
    const near = kiosk(1, { state: "paper_near_end", paper_metres: 4 });
    floor.value = frame({ kiosks: [near], staff_calls: [call("paper_near_end")] });
    expect(notes()).toEqual([]);
    render(<Calls />);
    expect(screen.getByText("用紙 残り約4m")).toBeTruthy();
    cleanup();
    floor.value = frame({
      kiosks: [kiosk(1, { state: "cutter_error" })],
      staff_calls: [call("printer")],
    });
    render(<Calls />);
    expect(screen.getByText("カッターの異常")).toBeTruthy();
  });

  it("are told of beside a call that is about a person", () => {
    floor.value = frame({ kiosks: [kiosk(1, { state: "taken" })], staff_calls: [call("help")] });
    expect(notes()).toHaveLength(1);
  });

  it("are alone once the line has been away for a while, whatever was heard last", () => {
    const since = ago(60);
    floor.value = frame({ kiosks: [kiosk(1, {}, { alone_since: since })] });
    expect(notes()[0]).toContain("つながっていません");
    expect(notes()[0]).not.toContain("印刷できます");
    expect(sign()).toBe("m-late");
  });

  it("are all in the dialog", () => {
    const { confirms: _, ...unknown } = kiosk(2).printer;
    floor.value = frame({ kiosks: [kiosk(1), { ...kiosk(2), printer: unknown }] });
    render(<KiosksDialog />);
    expect(document.querySelectorAll("dialog [data-kiosk]")).toHaveLength(2);
    expect(screen.getAllByText("つながっています")).toHaveLength(2);
    expect(screen.getByText("まだ分かりません")).toBeTruthy();
    floor.value = frame();
    cleanup();
    render(<KiosksDialog />);
    expect(screen.getByText("まだ知らせのあった受付機はありません")).toBeTruthy();
  });
});
