// The title of the page's tab: what is asked here, and that something is wrong while an error summary is shown.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { currentLocale, t } from "../../words/index.ts";

/** Error summaries on the page now. */
const shownSummaries = signal(0);

/** Counts an error summary as shown while `isShown`. */
export function useShownSummary(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return;
    shownSummaries.value += 1;
    return () => {
      shownSummaries.value -= 1;
    };
  }, [isShown]);
}

/** "エラー:連絡先｜待たない区役所" */
export function useTitle(title: string): void {
  const isWrong = shownSummaries.value > 0;
  const locale = currentLocale();
  useEffect(() => {
    const shown = isWrong ? t("ui.error_prefix", { title }) : title;
    document.title = `${shown}｜${t("ui.product")}`;
  }, [title, isWrong, locale]);
}
