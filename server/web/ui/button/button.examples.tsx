import { Button, ButtonLink } from "./button.tsx";

export const name = "button";

export const examples = {
  primary: () => <Button>予約する</Button>,
  secondary: () => <Button kind="secondary">日時を変える</Button>,
  danger: () => <Button kind="danger">予約をやめる</Button>,
  tertiary: () => <Button kind="tertiary">ほかの週を見る</Button>,
  medium: () => (
    <Button size="medium" kind="secondary">
      延ばす
    </Button>
  ),
  withIcon: () => <Button icon="calendar">カレンダーに追加</Button>,
  busy: () => <Button busy>予約する</Button>,
  link: () => (
    <ButtonLink href="#button" wide>
      この時間で 次へ
    </ButtonLink>
  ),
};
