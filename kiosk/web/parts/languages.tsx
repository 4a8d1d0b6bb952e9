// The languages that the kiosk has words in, each in its own script; folded into one button in large text.
import { Icon } from "@matanai/web/ui";
import { isOffered, type Locale, localeNames, t } from "@matanai/web/words";
import type { JSX } from "preact";
import { happen, model } from "../store.ts";
import { Press } from "./press.tsx";

export function spokenHere(): readonly Locale[] {
  return (model.value.live?.locales ?? []).filter((one) => isOffered(one));
}

export function Language({ locale }: { locale: Locale }): JSX.Element {
  return (
    <Press
      class="k-lang"
      lang={locale}
      name={`language-${locale}`}
      isCurrent={locale === model.value.locale}
      onPress={() => happen({ type: "language", locale })}
    >
      {localeNames[locale]}
    </Press>
  );
}

export function Languages(): JSX.Element | null {
  const spoken = spokenHere();
  if (spoken.length < 2) return null;
  if (!model.value.isLarge) {
    return (
      <div class="k-langs">
        {spoken.map((locale) => (
          <Language key={locale} locale={locale} />
        ))}
      </div>
    );
  }
  return (
    <Press
      class="k-lang k-lang--all"
      name="languages"
      onPress={() => happen({ type: "languages" })}
    >
      <Icon name="globe" size={4} />
      {t("kiosk.languages")}
    </Press>
  );
}
