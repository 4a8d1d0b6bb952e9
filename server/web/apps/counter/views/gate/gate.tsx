// The quiet page before the work: one panel in the middle, the languages above.
import type { ComponentChildren, JSX } from "preact";
import { DemoBanner } from "../../../../ui/index.ts";
import { currentLocale, t } from "../../../../words/index.ts";
import { speak } from "../../control.ts";
import "./gate.css";

export function StaffLanguages(): JSX.Element {
  const current = currentLocale();
  return (
    <fieldset class="m-langs" aria-label={t("counter.menu.language")}>
      <button
        type="button"
        lang="ja"
        aria-pressed={current === "ja"}
        onClick={() => void speak("ja")}
      >
        日本語
      </button>
      <button
        type="button"
        lang="en"
        aria-pressed={current === "en"}
        onClick={() => void speak("en")}
      >
        English
      </button>
    </fieldset>
  );
}

export interface GateProps {
  title: string;
  wide?: boolean;
  children?: ComponentChildren;
}

export function Gate({ title, wide, children }: GateProps): JSX.Element {
  return (
    <div class="m-gate">
      <header>
        <DemoBanner />
        <div class="m-top">
          <span class="m-top__brand">
            <i aria-hidden="true">待</i>
            {t("ui.product")}
          </span>
          <span class="m-top__grow" />
          <StaffLanguages />
        </div>
      </header>
      <main class={wide ? "m-gate__box m-gate__box--wide" : "m-gate__box"}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
