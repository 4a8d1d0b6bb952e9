import type { OfficeDetail } from "@matanai/web/api";
import { describe, expect, it } from "vitest";
import { liveState } from "../testing/live.ts";
import { minutes } from "../testing/wait.ts";
import { choicesOf, officeIn, servicesOf } from "./office.ts";

const service = (id: string, group: string) => ({
  id,
  group,
  name: id.toUpperCase(),
  name_ja: id,
  minutes: 5,
  reservable: true,
  bring: [],
});

const office: OfficeDetail = {
  id: "kokurakita",
  name: "小倉北区役所",
  name_en: "Kokurakita",
  address: "",
  booking_url: "https://yoyaku.example/?office=kokurakita",
  phone: "",
  today: { date: "2026-11-24", is_open: true },
  groups: [],
  services: [service("move_in", "A"), service("cert", "C"), service("info", "Z")],
  errands: [
    {
      id: "move",
      name: "引っ越し",
      examples: "",
      icon: "home",
      services: ["move_in", "cert", "gone"],
    },
    { id: "empty", name: "なし", examples: "", icon: "card", services: [] },
    { id: "unsure", name: "わからない", examples: "", icon: "help", services: ["info"] },
  ],
};
const live = liveState({
  waiting: [
    { group: "A", waiting: 5, estimate: minutes },
    { group: "C", waiting: 2 },
  ],
});

describe("what the kiosk offers", () => {
  it("says no one number for an errand of several lines", () => {
    expect(choicesOf(office, live).rows.map(({ id, line }) => [id, line])).toEqual([
      ["move", undefined],
    ]);
  });

  it("sets the guide apart and leaves out what has no service", () => {
    expect(choicesOf(office, live).unsure?.id).toBe("unsure");
  });

  it("says nothing about people when the board is not known", () => {
    expect(choicesOf(office, liveState()).rows[0]?.line).toBeUndefined();
  });

  it("lists an errand's services that exist, each with its line", () => {
    expect(servicesOf(office, "move", live).map(({ id, line }) => [id, line])).toEqual([
      ["move_in", { group: "A", waiting: 5, estimate: minutes }],
      ["cert", { group: "C", waiting: 2 }],
    ]);
  });

  it("falls back to Japanese", () => {
    expect(officeIn({ ja: office }, "vi")).toBe(office);
    expect(officeIn({}, "vi")).toBeUndefined();
  });
});
