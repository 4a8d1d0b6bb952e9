// Rows to choose from: icon, plain name, examples, arrow; the whole row is the target. Examples break only between phrases.
import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./choice.css";

export interface ChoiceProps {
  title: string;
  /** Examples or a short explanation; phrases are split at 、 and · so that lines break between them */
  sub?: string | undefined;
  icon?: IconName;
  href: string;
  onClick?: (event: MouseEvent) => void;
}

/** Splits after each 、 (or ·) so that a phrase stays on one line. */
export function phrasesOf(text: string): string[] {
  return text.split(/(?<=[、・,;]\s?)/).filter((phrase) => phrase !== "");
}

/** Japanese text that breaks between its phrases; other languages break between words anyway. */
export function Phrases({ text }: { text: string }): JSX.Element {
  if (!/[ぁ-ん]/.test(text)) return <>{text}</>;
  return (
    <>
      {phrasesOf(text).map((phrase) => (
        <span key={phrase} class="m-phrase">
          {phrase}
        </span>
      ))}
    </>
  );
}

export function Choices({ children }: { children: ComponentChildren }): JSX.Element {
  return <ul class="m-choices">{children}</ul>;
}

export function Choice({ title, sub, icon, href, onClick }: ChoiceProps): JSX.Element {
  return (
    <li>
      <a class={icon ? "m-choice" : "m-choice m-choice--plain"} href={href} onClick={onClick}>
        {icon && (
          <span class="m-choice__icon">
            <Icon name={icon} size={1.75} />
          </span>
        )}
        <span>
          <span class="m-choice__title">{title}</span>
          {sub && (
            <span class="m-choice__sub">
              <Phrases text={sub} />
            </span>
          )}
        </span>
        <span class="m-choice__go">
          <Icon name="next" size={1.375} />
        </span>
      </a>
    </li>
  );
}
