import { Held } from "./held.tsx";

export const name = "held";

const props = {
  day: "11月25日(水)",
  time: "10:30〜11:00",
  until: "10:40 まで確保",
  extendLabel: "延ばす",
  onExtend: () => {},
};

export const examples = {
  full: () => <Held {...props} />,
  slim: () => <Held {...props} slim />,
  ending: () => <Held {...props} isEnding until="まもなく終わります。10:40 まで確保" />,
  last: () => <Held {...props} slim isLast />,
};
