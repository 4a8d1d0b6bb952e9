import { Chip } from "./chip.tsx";

export const name = "chip";

export const examples = {
  now: () => (
    <Chip tone="now" icon="bell">
      お呼び出し中
    </Chip>
  ),
  key: () => (
    <Chip tone="key" icon="clock">
      お待ち
    </Chip>
  ),
  ok: () => (
    <Chip tone="ok" icon="check">
      受付ずみ
    </Chip>
  ),
  warn: () => (
    <Chip tone="warn" icon="warning">
      不在
    </Chip>
  ),
  error: () => (
    <Chip tone="error" icon="warning">
      エラー
    </Chip>
  ),
  plain: () => <Chip>完了</Chip>,
};
