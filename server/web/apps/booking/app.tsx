// Which screen is shown, and what happens at each change of screen: title, scroll, focus.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useTitle } from "../../ui/errors/title.ts";
import { Page } from "../../ui/frame/frame.tsx";
import { t } from "../../words/index.ts";
import type { Step } from "./route.ts";
import { Bring } from "./screens/bring.tsx";
import { Check } from "./screens/check.tsx";
import { Contact } from "./screens/contact.tsx";
import { Done, titleOfDone } from "./screens/done.tsx";
import { ErrandScreen } from "./screens/errand.tsx";
import { OfficeScreen } from "./screens/office.tsx";
import { OfficePlace } from "./screens/parts.tsx";
import { Time } from "./screens/time.tsx";
import type { Store } from "./store.ts";

export interface ScreenProps {
  store: Store;
}

const screens: Record<Step, (props: ScreenProps) => JSX.Element> = {
  office: OfficeScreen,
  errand: ErrandScreen,
  bring: Bring,
  time: Time,
  contact: Contact,
  check: Check,
  done: Done,
};

export function Booking({ store }: ScreenProps): JSX.Element {
  const { step, errand } = store.route.value;
  const Screen = screens[step];
  useTitle(step === "done" ? titleOfDone(store) : t(`booking.${step}.title`));
  useArrival(`${step} ${errand ?? ""}`);
  return (
    <Page
      top={step === "errand" && <OfficePlace store={store} />}
      help={{ title: t("ui.phone_title"), note: t("ui.phone_hours"), phone: t("booking.phone") }}
      languages={step === "errand" || step === "office"}
    >
      <Screen store={store} />
    </Page>
  );
}

/** On a new screen: back to the top, and the heading takes focus so that it is read out. Not at the first load. */
function useArrival(place: string): void {
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>(".m-errors, h1")?.focus();
  }, [place]);
}
