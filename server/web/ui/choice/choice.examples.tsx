import { Choice, Choices } from "./choice.tsx";

export const name = "choice";

export const examples = {
  list: () => (
    <Choices>
      <Choice
        icon="home"
        title="引っ越し・住所"
        sub="ほかのまちから来た、市内で移った、市外へ出る"
        href="#choice"
      />
      <Choice
        icon="card"
        title="マイナンバーカード"
        sub="受け取り、申請、更新、暗証番号"
        href="#choice"
      />
      <Choice title="転入届" sub="約30分" href="#choice" />
    </Choices>
  ),
};
