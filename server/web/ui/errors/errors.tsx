// Error summary: first in main, takes focus when it appears or changes, each entry leads to its field and says the
// same words as the field does.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icon/icon.tsx";
import "./errors.css";
import { useShownSummary } from "./title.ts";

export interface ErrorEntry {
  text: string;
  /** id of the control to go to; without it the entry is plain text */
  field?: string;
}

export interface ErrorSummaryProps {
  title: string;
  errors: readonly ErrorEntry[];
  /** Grows with each failed try, so that the same errors take focus again */
  attempt?: number;
}

/** Brings the field's label into view first, then focuses the field without a second scroll. */
export function goToField(id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  const label =
    document.querySelector(`label[for="${CSS.escape(id)}"]`) ?? field.closest("fieldset") ?? field;
  label.scrollIntoView();
  field.focus({ preventScroll: true });
}

export function ErrorSummary({
  title,
  errors,
  attempt = 0,
}: ErrorSummaryProps): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  const words = errors.map((error) => error.text).join("\n");
  useEffect(() => {
    if (words) box.current?.focus();
  }, [words, attempt]);
  useShownSummary(errors.length > 0);
  if (errors.length === 0) return null;
  const go = (event: MouseEvent, field: string) => {
    event.preventDefault();
    goToField(field);
  };
  return (
    <div class="m-errors" tabIndex={-1} ref={box}>
      <div role="alert">
        <h2 class="m-errors__title">
          <Icon name="warning" size={1.75} />
          {title}
        </h2>
        <ul>
          {errors.map(({ text, field }) => (
            <li key={text}>
              {field ? (
                <a href={`#${field}`} onClick={(event) => go(event, field)}>
                  {text}
                </a>
              ) : (
                <p class="m-errors__text">{text}</p>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
