import { BringList } from "./bring.tsx";

export const name = "bring";

export const examples = {
  list: () => (
    <BringList
      things={[
        { item: "本人確認書類", note: "運転免許証、マイナンバーカードなど 1つ" },
        { item: "転出証明書" },
        { item: "在留カード・特別永住者証明書", note: "外国籍の方" },
      ]}
    />
  ),
};
