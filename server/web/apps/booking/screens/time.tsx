// The time: three soonest, a week of days, the day's times, other weeks. A press holds the time.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { DayList, SlotTime } from "../../../api/types.ts";
import { dayName, spokenTime } from "../../../core/time.ts";
import { Button } from "../../../ui/button/button.tsx";
import { joined } from "../../../ui/facts/joined.ts";
import { Steps } from "../../../ui/frame/frame.tsx";
import { Notice } from "../../../ui/notice/notice.tsx";
import { Soon } from "../../../ui/times/soon.tsx";
import { currentLocale, t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import { nearness, parseSlot } from "../calendar.ts";
import type { Store } from "../store.ts";
import { Awaited, Back, HeldTime, Title, TroubleSummary } from "./parts.tsx";
import { DayTimes, Weeks } from "./week.tsx";

/** 今日 11月24日(火) */
export function dayWithNearness(date: string, today: string): string {
  const near = nearness(date, today);
  const name = dayName(currentLocale(), date);
  return near ? t(`booking.${near}`, { day: name }) : name;
}

export function Time({ store }: ScreenProps): JSX.Element {
  const office = store.office.state.value.value;
  const service = store.service.value;
  const { value, isLoading, refusal } = store.days.state.value;
  return (
    <>
      <Back store={store}>{t("booking.back.bring")}</Back>
      <TroubleSummary store={store} />
      <Offered store={store} />
      <Steps step={3} of={6} name={t("booking.step.time")} />
      <Title>{t("booking.time.title")}</Title>
      <p class="u-note">{joined(office?.name, service?.name)}</p>
      {value ? (
        <Found store={store} list={value} />
      ) : (
        <Awaited isLoading={isLoading} refusal={refusal} onRetry={store.days.reload} />
      )}
      <Chosen store={store} />
    </>
  );
}

/** After a lost race: the nearest times the server named. */
function Offered({ store }: ScreenProps): JSX.Element | null {
  const slots = (store.trouble.value?.nearest ?? []).flatMap((text) => parseSlot(text) ?? []);
  if (slots.length === 0) return null;
  return (
    <section class="b-offered">
      <h2>{t("booking.nearest")}</h2>
      <SlotButtons store={store} slots={slots} />
    </section>
  );
}

interface Slot {
  date: string;
  time: string;
}

function SlotButtons({ store, slots }: { store: Store; slots: readonly Slot[] }): JSX.Element {
  const hold = store.draft.value.hold;
  return (
    <Soon
      times={slots.map(({ date, time }) => ({
        key: `${date}T${time}`,
        day: dayWithNearness(date, store.today()),
        time: spokenTime(time),
        isChosen: hold?.date === date && hold.time === time,
      }))}
      onChoose={(key) => {
        const slot = parseSlot(key);
        if (slot) void store.choose(slot.date, slot.time);
      }}
    />
  );
}

function Found({ store, list }: { store: Store; list: DayList }): JSX.Element {
  const hold = store.draft.value.hold;
  // A time that is held is no longer free: it stays in its place while the list is renewed.
  const soonest: Slot[] = list.soonest.map(({ date, time }: SlotTime) => ({ date, time }));
  if (soonest.length === 0 && !hold) {
    return (
      <Notice tone="warn" title={t("booking.nothing_free.title")}>
        {t("booking.nothing_free.text")}
      </Notice>
    );
  }
  return (
    <>
      {soonest.length > 0 && (
        <section class="b-soonest">
          <h2>{t("booking.soonest")}</h2>
          <SlotButtons store={store} slots={soonest} />
        </section>
      )}
      <Weeks store={store} list={list} />
      <DayTimes store={store} />
    </>
  );
}

/** The hold and the way on; comes into view when a time was taken. */
function Chosen({ store }: ScreenProps): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  const hold = store.draft.value.hold;
  const secret = hold?.hold;
  const before = useRef(secret);
  useEffect(() => {
    if (secret && secret !== before.current) box.current?.scrollIntoView({ block: "center" });
    before.current = secret;
  }, [secret]);
  if (!hold) return null;
  return (
    <div class="b-chosen" ref={box}>
      <HeldTime store={store} />
      <Button wide onPress={() => store.go({ ...store.route.value, step: "contact" })}>
        {t("booking.time.next")}
      </Button>
    </div>
  );
}
