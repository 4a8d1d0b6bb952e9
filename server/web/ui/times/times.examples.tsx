import { Soon } from "./soon.tsx";
import { Times } from "./times.tsx";
import { Week, type WeekDay } from "./week.tsx";

export const name = "times";

const nothing = () => {};
const day = (number: number, weekday: string, sign: WeekDay["sign"], word: string): WeekDay => ({
  date: `2026-11-${number}`,
  weekday,
  number,
  fullName: `11月${number}日(${weekday})`,
  sign,
  word,
  isFree: sign === "○" || sign === "△",
  isChosen: number === 25,
});

export const examples = {
  soon: () => (
    <Soon
      times={[
        { key: "a", day: "今日 11月24日(火)", time: "11:30" },
        { key: "b", day: "あす 11月25日(水)", time: "9:00", isChosen: true },
      ]}
      onChoose={nothing}
    />
  ),
  week: () => (
    <Week
      name="11月23日〜27日"
      days={[
        day(23, "月", "−", "祝日"),
        day(24, "火", "△", "わずか"),
        day(25, "水", "○", "空き"),
        day(26, "木", "○", "空き"),
        day(27, "金", "×", "満席"),
      ]}
      onChoose={nothing}
      next={nothing}
      previousLabel="前の週"
      nextLabel="次の週"
    />
  ),
  times: () => (
    <Times
      name="午前"
      chosenWord="選択中"
      onChoose={nothing}
      times={[
        { key: "1", time: "9:00", sign: "○", word: "空き", isFree: true },
        { key: "2", time: "10:00", sign: "×", word: "満席", isFree: false },
        { key: "3", time: "10:30", sign: "○", word: "空き", isFree: true, isChosen: true },
        { key: "4", time: "11:00", sign: "△", word: "残り1", isFree: true },
      ]}
    />
  ),
};
