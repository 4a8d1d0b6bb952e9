// The counter screen's entry: words first, then who is signed in, then the page.
import { effect } from "@preact/signals";
import { render } from "preact";
import "../../ui/style.css";
import { bundle } from "../../words/generated/counter.ts";
import { currentLocale, localeFromTags, startWords, t } from "../../words/index.ts";
import { App } from "./app.tsx";
import { loadGroups, start } from "./control.ts";
import "./counter.css";
import { floor, ownId } from "./state.ts";

/** Staff screens speak Japanese and English. */
function staffLocale() {
  const cookie = /(?:^|;\s*)lang=(\w+)/.exec(document.cookie)?.[1];
  const asked = new URLSearchParams(location.search).get("lang") ?? cookie;
  return localeFromTags([asked ?? "", ...navigator.languages], ["ja", "en"]);
}

await startWords(bundle, staffLocale());
effect(() => {
  const office = floor.value?.office_name;
  const id = ownId.value;
  document.title =
    id && office ? t("counter.title", { window: id, office }) : t("counter.sign_in.title");
});
effect(() => {
  if (floor.value?.office) void loadGroups(floor.value.office, currentLocale());
});
const root = document.getElementById("app");
if (root) render(<App />, root);
void start();
