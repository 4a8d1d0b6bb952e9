// Short facts on one line, with the mark between them that the reader's language uses.
import { t } from "../../words/index.ts";

/** "小倉北区役所・転出届", "Kokurakita Ward Office · Moving out"; what is not known is left out. */
export function joined(...facts: readonly (string | undefined)[]): string {
  const known = facts.filter((fact) => fact !== undefined);
  return known.length === 0 ? "" : known.reduce((first, next) => t("ui.joined", { first, next }));
}
