// A title that is enough by itself, then one line. A notice that appears later than the page is announced politely.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./notice.css";

export interface NoticeProps {
  tone?: "info" | "ok" | "warn" | "error";
  title: string;
  icon?: IconName;
  /** Announced when it appears */
  live?: boolean;
  /** Level of the title in the page's outline; a paragraph when left out */
  children?: ComponentChildren;
}

const icons: Record<NonNullable<NoticeProps["tone"]>, IconName> = {
  info: "info",
  ok: "done",
  warn: "warning",
  error: "warning",
};

export function Notice({ tone = "info", title, icon, live, children }: NoticeProps): JSX.Element {
  return (
    <div class={`m-notice m-notice--${tone}`} role={live ? "status" : undefined}>
      <Icon name={icon ?? icons[tone]} />
      <p class="m-notice__title">{title}</p>
      {children && <div class="m-notice__text">{children}</div>}
    </div>
  );
}
