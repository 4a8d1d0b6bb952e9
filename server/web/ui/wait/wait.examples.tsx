import { WaitMinutes } from "./range.tsx";
import { Wait } from "./wait.tsx";

export const name = "wait";

const ahead = { label: "まえに", count: 5, unit: "人" };
const label = "お呼びするまで";
const minutes = { low_minutes: 10, high_minutes: 20, is_soon: false };

export const examples = {
  known: () => (
    <Wait
      ahead={ahead}
      range={{ label, value: <WaitMinutes range={minutes} /> }}
      latest="遅くとも 10:55 ごろ"
    />
  ),
  soon: () => (
    <Wait
      ahead={{ ...ahead, count: 1 }}
      range={{ label, value: <WaitMinutes range={{ ...minutes, is_soon: true }} /> }}
      latest="遅くとも 10:55 ごろ"
    />
  ),
  unknown: () => <Wait ahead={ahead} latest="目安は 出せません" />,
};
