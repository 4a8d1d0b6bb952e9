import { Wait } from "./wait.tsx";

export const name = "wait";

const ahead = { label: "まえに", count: 5, unit: "人" };

export const examples = {
  known: () => (
    <Wait
      ahead={ahead}
      range={{ label: "お呼びするまで", value: "約10〜20分" }}
      latest="遅くとも 10:55 ごろ"
    />
  ),
  unknown: () => <Wait ahead={ahead} latest="目安は 出せません" />,
};
