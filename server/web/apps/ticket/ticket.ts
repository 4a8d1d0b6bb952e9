// The ticket page of the server, kept fresh: asks for the status every 10 s while looked at, and takes the new page's
// main when something changed. The page is complete without this script (it then reloads itself every 30 s).
import "../../ui/style.css";
import "../../ui/frame/frame.css";
import "../../ui/language/language.css";
import "../../ui/number/number.css";
import "../../ui/wait/wait.css";
import "../../ui/button/button.css";
import "../../ui/notice/notice.css";
import "../../ui/facts/facts.css";
import "../../ui/demo/demo.css";
import "./ticket.css";
import { clockOf, spokenTime } from "../../core/time.ts";
import { makeAlarm } from "./alarm.ts";
import { drawLine, isCalled, setTimes, show, swapMain } from "./page.ts";

const pollMs = 10_000;
const staleAfterMs = 60_000;
const status = `/api/v1/tickets/${encodeURIComponent(document.body.dataset.token ?? "")}`;
const alarm = makeAlarm();
let tag = document.body.dataset.etag ?? "";
let heardAt = performance.now();
let isAsking = false;

async function ask(): Promise<void> {
  if (isAsking || document.visibilityState === "hidden") return;
  isAsking = true;
  try {
    const answer = await fetch(status, {
      headers: tag ? { "If-None-Match": tag } : {},
      cache: "no-store",
    });
    if (answer.ok) await renew();
    if (answer.ok) tag = answer.headers.get("ETag") ?? "changed";
    if (answer.ok || answer.status === 304) await heard();
  } catch {
    // No network: the page says so when the news is a minute old.
  } finally {
    isAsking = false;
    show("[data-stale]", performance.now() - heardAt > staleAfterMs);
    show("[data-fresh]", performance.now() - heardAt <= staleAfterMs);
  }
}

async function heard(): Promise<void> {
  heardAt = performance.now();
  const clock: { now: string } = await (await fetch("/api/v1/clock", { cache: "no-store" })).json();
  setTimes(spokenTime(clockOf(clock.now)));
}

async function renew(): Promise<void> {
  const wasCalled = isCalled();
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  swapMain(await answer.text());
  prepare();
  if (isCalled() && !wasCalled) alarm.ring();
}

/** What only works with scripts is shown by them. */
function prepare(): void {
  drawLine();
  show("[data-notify]", !alarm.isOn());
  show("[data-notified]", alarm.isOn());
  show("[data-silence]", alarm.isOn());
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-notify]")) alarm.turnOn();
  else if (event.target.closest("[data-silence]")) alarm.turnOff();
  else if (event.target.closest("[data-renew]")) {
    event.preventDefault();
    void renew().then(heard);
    return;
  } else return;
  prepare();
});
document
  .querySelector(`.m-languages [lang="${document.documentElement.lang}"]`)
  ?.setAttribute("aria-current", "true");
document.addEventListener("visibilitychange", () => void ask());
setInterval(() => void ask(), pollMs);
prepare();
void ask();
