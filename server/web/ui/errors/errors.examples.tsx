import { ErrorSummary } from "./errors.tsx";

export const name = "errors";

export const examples = {
  two: () => (
    <ErrorSummary
      title="入力を確かめてください"
      errors={[
        {
          text: "電話番号の けた数が違います。10けたか 11けたで入れてください",
          field: "phone-invalid",
        },
        { text: "この時間は ほかの方が予約しました" },
      ]}
    />
  ),
};
