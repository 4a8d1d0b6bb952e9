// In the place of what is being asked for: a word after a second, and room below, so that the foot does not jump.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../words/index.ts";
import "./loading.css";

const slowAfterMs = 1000;

export function Loading({ isLoading }: { isLoading: boolean }): JSX.Element {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    const timer = setTimeout(() => setSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, [isLoading]);
  return (
    <p class="m-loading u-note" role="status">
      {isLoading && isSlow ? t("ui.loading") : ""}
    </p>
  );
}
