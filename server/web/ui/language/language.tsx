// Languages by their own names; a press switches the page in place. The switch in the bar is a native disclosure.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import {
  currentLocale,
  type Locale,
  localeNames,
  offeredLocales,
  setLocale,
  t,
} from "../../words/index.ts";
import { Icon } from "../icon/icon.tsx";
import "./language.css";

function Languages({ onChosen }: { onChosen?: () => void }): JSX.Element {
  const current = currentLocale();
  const choose = async (locale: Locale) => {
    await setLocale(locale);
    onChosen?.();
  };
  return (
    <ul class="m-languages">
      {offeredLocales.map((locale) => (
        <li key={locale}>
          <button
            type="button"
            lang={locale}
            aria-current={locale === current ? "true" : undefined}
            onClick={() => choose(locale)}
          >
            {localeNames[locale]}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function LanguageList(): JSX.Element {
  return (
    <section>
      <h2 class="m-languages__title">{t("ui.languages")}</h2>
      <Languages />
    </section>
  );
}

export function LanguageSwitch(): JSX.Element {
  const box = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (!box.current) return;
    box.current.open = false;
    box.current.querySelector("summary")?.focus();
  };
  return (
    <details
      class="m-lang"
      ref={box}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <summary>
        <Icon name="globe" />
        <span class="u-hidden" lang="en">
          {"Language: "}
        </span>
        {localeNames[currentLocale()]}
        <Icon name="down" size={1.125} />
      </summary>
      <div class="m-lang__menu">
        <Languages onChosen={close} />
      </div>
    </details>
  );
}
