// A state in one or two words, always with a sign.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./chip.css";

export interface ChipProps {
  tone?: "plain" | "key" | "ok" | "warn" | "error" | "now";
  icon?: IconName;
  children: ComponentChildren;
}

export function Chip({ tone = "plain", icon, children }: ChipProps): JSX.Element {
  return (
    <span class={`m-chip m-chip--${tone}`}>
      {icon && <Icon name={icon} size={1} weight={2.5} />}
      {children}
    </span>
  );
}
