// The frame of citizen pages: bar with brand and language, main, foot with the telephone at the same place everywhere.
import type { ComponentChildren, JSX } from "preact";
import { t } from "../../words/index.ts";
import { DemoBanner } from "../demo/demo.tsx";
import { Icon } from "../icon/icon.tsx";
import { LanguageList, LanguageSwitch } from "../language/language.tsx";
import "./frame.css";

export interface PageProps {
  /** Between bar and main, e.g. the office */
  top?: ComponentChildren;
  children: ComponentChildren;
  help?: HelpLine;
  /** The list of languages in the foot (first page) */
  languages?: boolean;
}

export interface HelpLine {
  title: string;
  note?: string;
  phone: string;
}

export function Mark(): JSX.Element {
  return (
    <svg class="m-mark" aria-hidden="true" width="2.125rem" height="2.125rem" viewBox="0 0 34 34">
      <path
        fill="currentColor"
        d="M6 2h22a2 2 0 0 1 2 2v9.2a4 4 0 0 0 0 7.6V30a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-9.2a4 4 0 0 0 0-7.6V4a2 2 0 0 1 2-2z"
      />
      <path
        d="m11 17.5 4.5 4.5L23.5 12"
        fill="none"
        stroke="#fff"
        stroke-width="3.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function Page({ top, children, help, languages }: PageProps): JSX.Element {
  return (
    <>
      <header class="u-no-print">
        <DemoBanner />
        <div class="m-bar">
          <a class="m-brand" href="/">
            <Mark />
            <span>
              <small>{t("ui.city")}</small>
              {t("ui.product")}
            </span>
          </a>
          <LanguageSwitch />
        </div>
        {top}
      </header>
      <main class="m-main">{children}</main>
      <footer class="m-foot u-no-print">
        {help && <Help {...help} />}
        {languages && <LanguageList />}
      </footer>
    </>
  );
}

export function Help({ title, note, phone }: HelpLine): JSX.Element {
  return (
    <div class="m-help">
      <Icon name="phone" size={2} />
      <span>
        <b>{title}</b>
        {note && <span class="m-help__note">{note}</span>}
      </span>
      <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
    </div>
  );
}

export interface StepsProps {
  step: number;
  of: number;
  name: string;
}

/** "3/6 日時" with a bar that is only decoration. */
export function Steps({ step, of, name }: StepsProps): JSX.Element {
  return (
    <p class="m-step">
      <span>{t("ui.step", { step, of, name })}</span>
      <span class="m-step__bar" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <i key={index} class={index < step ? "is-done" : ""} />
        ))}
      </span>
    </p>
  );
}

export function BackLink({ href, onClick, children }: BackLinkProps): JSX.Element {
  return (
    <a class="m-back" href={href} onClick={onClick}>
      <Icon name="back" size={1.25} />
      {children}
    </a>
  );
}

export interface BackLinkProps {
  href: string;
  onClick?: (event: MouseEvent) => void;
  children: ComponentChildren;
}
