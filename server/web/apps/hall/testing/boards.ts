// Boards for tests and for looking at the display: small builders with plausible values.
import type { Board, BoardCall } from "../../../api/types.ts";

export function call(number: string, callNumber: number, more: Partial<BoardCall> = {}): BoardCall {
  return {
    call: callNumber,
    number,
    window: "3",
    zone: "A",
    called_at: "2026-11-24T01:35:00.000Z",
    times: 1,
    locale: "ja",
    is_current: true,
    ...more,
  };
}

export function board(calls: BoardCall[], more: Partial<Board> = {}): Board {
  return {
    epoch: "e1",
    seq: 1,
    office: "kokurakita",
    office_name: "小倉北区役所",
    office_name_en: "Kokurakita Ward Office",
    as_of: "2026-11-24T01:35:00.000Z",
    is_open: true,
    opens: "08:30",
    closes: "17:15",
    calls,
    waiting: [
      { group: "A", name: "住所・印鑑", name_en: "Moving, seal", zone: "A", waiting: 14 },
      { group: "S", name: "戸籍", name_en: "Family register", zone: "A", waiting: 2 },
      { group: "C", name: "証明書", name_en: "Certificates", zone: "B", waiting: 6 },
    ],
    absent: [],
    answered_calls: [],
    dropped_calls: [],
    ...more,
  };
}
