import { Notice } from "./notice.tsx";

export const name = "notice";

export const examples = {
  info: () => (
    <Notice title="木曜日は 19:00 まで開いています">祝日と年末年始は お休みです。</Notice>
  ),
  ok: () => <Notice tone="ok" title="日時を変えました" />,
  warn: () => (
    <Notice tone="warn" title="この時間は ほかの方が予約しました">
      近い時間を 3つ ご案内します。
    </Notice>
  ),
  error: () => (
    <Notice tone="error" icon="offline" title="つながりません">
      入力した内容は 残っています。
    </Notice>
  ),
};
