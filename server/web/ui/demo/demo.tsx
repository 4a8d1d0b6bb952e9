// In demo mode every screen says so and shows the demo's clock. Nothing outside demo mode.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isDemoClock, serverNow } from "../../core/clock.ts";
import { dateAt, dayName, spokenTime, timeAt } from "../../core/time.ts";
import { currentLocale, t } from "../../words/index.ts";
import "./demo.css";

const renewMs = 1000;

export function DemoBanner(): JSX.Element | null {
  const isDemo = isDemoClock();
  const [now, setNow] = useState(serverNow());
  useEffect(() => {
    if (!isDemo) return;
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), renewMs);
    return () => clearInterval(timer);
  }, [isDemo]);
  if (!isDemo) return null;
  const day = dayName(currentLocale(), dateAt(now));
  return <p class="m-demo">{t("ui.demo_clock", { day, time: spokenTime(timeAt(now)) })}</p>;
}
