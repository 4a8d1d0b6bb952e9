// One way on: what will happen, and what it means. The best way is filled; a screen has at most one of those.
import { Icon, type IconName } from "@matanai/web/ui";
import type { JSX } from "preact";
import { Press } from "./press.tsx";

export interface WayProps {
  icon: IconName;
  title: string;
  text?: string;
  name: string;
  isMain?: boolean;
  onPress: () => void;
}

export function Way({ icon, title, text, name, isMain, onPress }: WayProps): JSX.Element {
  return (
    <Press class={isMain ? "k-way k-way--main" : "k-way"} name={name} onPress={onPress}>
      <Icon name={icon} size={5} weight={1.8} />
      <span class="k-way__text">
        <b>{title}</b>
        {text && <span>{text}</span>}
      </span>
      <Icon name="next" size={3.5} weight={2.5} />
    </Press>
  );
}
