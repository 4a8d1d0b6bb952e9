// Pieces that several booking screens share.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Refusal } from "../../../api/refusal.ts";
import type { Hold } from "../../../api/types.ts";
import { serverNow } from "../../../core/clock.ts";
import { shortAddress } from "../../../core/codes.ts";
import { clockOf, dayName, spokenTime, timeSpan } from "../../../core/time.ts";
import { Button } from "../../../ui/button/button.tsx";
import type { ErrorEntry } from "../../../ui/errors/errors.tsx";
import { ErrorSummary } from "../../../ui/errors/errors.tsx";
import { BackLink } from "../../../ui/frame/frame.tsx";
import { Place } from "../../../ui/frame/place.tsx";
import { Held } from "../../../ui/held/held.tsx";
import { Loading } from "../../../ui/loading/loading.tsx";
import { Notice } from "../../../ui/notice/notice.tsx";
import { currentLocale, t, tMaybe } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import { addressOf, previous, type Route } from "../route.ts";
import type { Store } from "../store.ts";

/** href and onClick of a step inside the page: a real address that opens without a load. */
export function linkTo(store: Store, route: Route) {
  return {
    href: addressOf(route),
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      store.go(route);
    },
  };
}

export function Back({
  store,
  children,
}: ScreenProps & { children: ComponentChildren }): JSX.Element {
  return <BackLink {...linkTo(store, previous(store.route.value))}>{children}</BackLink>;
}

export function Title({
  over,
  children,
}: {
  over?: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <h1 class="m-title" tabIndex={-1}>
      {over && <span class="m-title__over">{over}</span>}
      {children}
    </h1>
  );
}

/** Keeps its place while the office is asked for. */
export function OfficePlace({ store }: ScreenProps): JSX.Element | null {
  const { value: office, isLoading } = store.office.state.value;
  if (!office) return isLoading ? <div class="m-place" /> : null;
  const { office: _, ...rest } = store.route.value;
  return (
    <Place
      name={office.name}
      address={shortAddress(office.address)}
      {...linkTo(store, { ...rest, step: "office" })}
    />
  );
}

/** Title and next step of a refusal: the server's words, or the page's own when the network failed. */
export function wordsOf(refusal: Refusal): { title: string; next: string } {
  return {
    title:
      refusal.title ||
      tMaybe(`ui.${refusal.code}.title`) ||
      tMaybe(`booking.${refusal.code}.title`) ||
      t("ui.unexpected_answer.title"),
    next:
      refusal.detail ||
      tMaybe(`ui.${refusal.code}.next`) ||
      tMaybe(`booking.${refusal.code}.next`) ||
      t("ui.unexpected_answer.next"),
  };
}

/** The summary of what went wrong with a command: what is true, what to do. */
export function TroubleSummary({
  store,
  errors = [],
}: ScreenProps & { errors?: ErrorEntry[] }): JSX.Element | null {
  const trouble = store.trouble.value;
  if (!trouble) return null;
  const { title, next } = wordsOf(trouble.refusal);
  const entries = errors.length > 0 ? errors : [{ text: next }];
  return <ErrorSummary title={title} errors={entries} attempt={trouble.attempt} />;
}

export interface AwaitedProps {
  isLoading: boolean;
  refusal?: Refusal | undefined;
  onRetry: () => void;
}

/** In the place of what is not there yet, or what failed and a way to try again. */
export function Awaited({ isLoading, refusal, onRetry }: AwaitedProps): JSX.Element {
  if (refusal) {
    const { title, next } = wordsOf(refusal);
    return (
      <Notice tone="error" title={title} icon={refusal.isNetwork ? "offline" : "warning"} live>
        <p>{next}</p>
        <Button kind="secondary" size="medium" onPress={onRetry}>
          {t("ui.retry")}
        </Button>
      </Notice>
    );
  }
  return <Loading isLoading={isLoading} />;
}

const endingMs = 2 * 60_000;
const lookEveryMs = 1000;

/** The held time; watches its end. */
export function HeldTime({ store, slim }: ScreenProps & { slim?: boolean }): JSX.Element | null {
  const hold = store.draft.value.hold;
  const left = useTimeLeft(hold, store.expire);
  if (!hold) return null;
  const locale = currentLocale();
  const isLast = hold.expires_at >= hold.extendable_until;
  const span = timeSpan(locale, hold.time, clockOf(hold.end));
  return (
    <Held
      day={dayName(locale, hold.date)}
      time={slim ? spokenTime(hold.time) : span}
      until={t(left < endingMs ? "booking.held_ending" : "booking.held_until", {
        time: spokenTime(clockOf(hold.expires_at)),
      })}
      extendLabel={t("booking.extend")}
      onExtend={store.extend}
      isEnding={left < endingMs}
      isLast={isLast}
      busy={store.isBusy.value}
      {...(slim ? { slim } : {})}
    />
  );
}

function useTimeLeft(hold: Hold | null, onEnd: () => void): number {
  const end = hold ? Date.parse(hold.expires_at) : Number.POSITIVE_INFINITY;
  const [left, setLeft] = useState(end - serverNow());
  useEffect(() => {
    if (!Number.isFinite(end)) return;
    const look = () => {
      const rest = end - serverNow();
      setLeft(rest);
      if (rest <= 0) onEnd();
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [end, onEnd]);
  return left;
}
