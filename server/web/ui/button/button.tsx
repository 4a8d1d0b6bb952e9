// Buttons and links that look like buttons. The label is a verb phrase; a button is never disabled: `busy` ignores
// presses while an answer is on its way and keeps its label.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./button.css";

export interface ButtonLook {
  kind?: "primary" | "secondary" | "tertiary" | "danger";
  size?: "main" | "medium";
  wide?: boolean;
  icon?: IconName;
  children: ComponentChildren;
}

export interface ButtonProps extends ButtonLook {
  onPress?: () => void;
  type?: "button" | "submit";
  busy?: boolean;
  id?: string;
  /** What it does, when the label alone does not say it to someone who cannot see the place */
  label?: string;
  pressed?: boolean;
}

export interface LinkProps extends ButtonLook {
  href: string;
  onClick?: (event: MouseEvent) => void;
  download?: string;
}

function look({ kind = "primary", size = "main", wide = false }: ButtonLook): string {
  const names = ["m-button", `m-button--${kind}`];
  if (size === "medium") names.push("m-button--medium");
  if (wide) names.push("m-button--wide");
  return names.join(" ");
}

export function Button(props: ButtonProps): JSX.Element {
  const { onPress, type = "button", busy = false, id, label, pressed, icon, children } = props;
  const press = (event: MouseEvent) => {
    if (busy) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      type={type}
      class={look(props)}
      onClick={press}
      aria-busy={busy || undefined}
      aria-label={label}
      aria-pressed={pressed}
      id={id}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function ButtonLink(props: LinkProps): JSX.Element {
  const { href, onClick, download, icon, children } = props;
  return (
    <a class={look(props)} href={href} onClick={onClick} download={download}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
