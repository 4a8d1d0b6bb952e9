import { Facts } from "./facts.tsx";

export const name = "facts";

export const examples = {
  plain: () => (
    <Facts
      facts={[
        { term: "かかる時間", value: "約30分" },
        { term: "いつまでに", value: "引っ越した日から14日以内" },
      ]}
    />
  ),
  changeable: () => (
    <Facts
      facts={[
        { term: "手続き", value: "転入届(市外・国外から)", change: <a href="#facts">変更</a> },
      ]}
    />
  ),
};
