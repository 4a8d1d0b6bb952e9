// The booking page's state and what can be done with it. Screens read the signals and call the actions; rules are in
// route, draft and calendar. One store per page.
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Client, newKey } from "../../api/client.ts";
import { Refusal } from "../../api/refusal.ts";
import { type Resource, resource } from "../../api/resource.ts";
import type {
  DayList,
  Errand,
  Hold,
  Office,
  OfficeDetail,
  Reservation,
  Service,
  TimeList,
} from "../../api/types.ts";
import { serverNow } from "../../core/clock.ts";
import { dateAt, mondayOf } from "../../core/time.ts";
import { currentLocale } from "../../words/index.ts";
import { type Draft, emptyDraft, loadDraft, requestOf, saveDraft } from "./draft.ts";
import { rememberedOffice, rememberOffice } from "./memory.ts";
import { addressOf, allowed, parseRoute, type Route } from "./route.ts";

/** A refusal as the page shows it: with the step it belongs to. */
export interface Trouble {
  refusal: Refusal;
  /** Times offered instead, "2026-11-25T10:30" */
  nearest: string[];
  attempt: number;
}

export interface Store {
  client: Client;
  route: ReadonlySignal<Route>;
  draft: ReadonlySignal<Draft>;
  offices: Resource<Office[]>;
  office: Resource<OfficeDetail>;
  days: Resource<DayList>;
  times: Resource<TimeList>;
  service: ReadonlySignal<Service | undefined>;
  errand: ReadonlySignal<Errand | undefined>;
  /** The day whose times are shown */
  date: ReadonlySignal<string>;
  trouble: ReadonlySignal<Trouble | undefined>;
  isBusy: ReadonlySignal<boolean>;
  go(route: Route, how?: "push" | "replace"): void;
  change(part: Partial<Draft>): void;
  showDay(date: string): void;
  choose(date: string, time: string): Promise<boolean>;
  extend(): Promise<void>;
  book(): Promise<boolean>;
  /** The hold has run out: the draft stays, the time is asked again. */
  expire(): void;
  forgetTrouble(): void;
  today(): string;
  stop(): void;
}

const holdGone = ["hold_expired", "hold_not_found"];

const today = () => dateAt(serverNow());

function nearestOf(refusal: Refusal): string[] {
  return ["nearest1", "nearest2", "nearest3"].flatMap((name) => refusal.values[name] ?? []);
}

export function makeStore(client: Client): Store {
  const draft = signal<Draft>(loadDraft());
  const route = signal<Route>(firstRoute());
  const chosenDate = signal<string>("");
  const trouble = signal<Trouble | undefined>(undefined);
  const isBusy = signal(false);
  let attempts = 0;

  // Keys end with the language, because names come in it.
  const [offices, office, days, times] = [
    resource(async () => (await client.get("/api/v1/offices", {})).offices),
    resource((key: string) => {
      const [id = ""] = key.split("|");
      return client.get("/api/v1/offices/{office}", {
        path: { office: id },
        query: { lang: currentLocale() },
      });
    }),
    resource((key: string) => {
      const [id = "", service = ""] = key.split("|");
      const path = { office: id, service };
      return client.get("/api/v1/offices/{office}/services/{service}/days", {
        path,
        query: { from: mondayOf(today()), days: 45, lang: currentLocale() },
      });
    }),
    resource((key: string) => {
      const [id = "", service = "", date = ""] = key.split("|");
      const path = { office: id, service };
      return client.get("/api/v1/offices/{office}/services/{service}/times", {
        path,
        query: { date, lang: currentLocale() },
      });
    }),
  ] as const;

  const service = computed(() =>
    office.state.value.value?.services.find((one) => one.id === route.value.service),
  );
  const errand = computed(() =>
    office.state.value.value?.errands.find((one) => one.id === route.value.errand),
  );
  const date = computed(() => {
    if (chosenDate.value) return chosenDate.value;
    const list = days.state.value.value;
    const soonest = draft.value.hold?.date ?? list?.soonest[0]?.date;
    return soonest ?? (list ? today() : "");
  });

  function firstRoute(): Route {
    const asked = parseRoute(location.search);
    const known = rememberedOffice();
    const withOffice = !asked.office && known ? { ...asked, office: known } : asked;
    return allowed(withOffice, standing(draft.peek()));
  }

  function standing(now: Draft) {
    return { hasHold: now.hold !== null, hasReservation: now.reservation !== null };
  }

  function go(to: Route, how: "push" | "replace" = "push"): void {
    const next = allowed(to, standing(draft.peek()));
    if (how === "push") history.pushState(null, "", addressOf(next));
    else history.replaceState(null, "", addressOf(next));
    enter(next);
  }

  function enter(next: Route): void {
    batch(() => {
      if (next.service !== route.peek().service || next.office !== route.peek().office)
        chosenDate.value = "";
      if (next.step !== route.peek().step) trouble.value = undefined;
      route.value = next;
    });
    if (next.office) rememberOffice(next.office);
  }

  const onBack = () => {
    enter(allowed(parseRoute(location.search), standing(draft.peek())));
    void renewReservation();
  };
  addEventListener("popstate", onBack);
  // Back from another page brings this one as it was left, without a load.
  const onShow = (event: PageTransitionEvent) => {
    if (event.persisted) void renewReservation();
  };
  addEventListener("pageshow", onShow);

  /** The kept reservation may have been cancelled or used on another page since: the server knows. */
  async function renewReservation(): Promise<void> {
    const { reservation } = draft.peek();
    if (!reservation || route.peek().step !== "done") return;
    try {
      const body = { secret: reservation.secret };
      const fresh: Reservation = await client.post("/api/v1/reservations/show", { body });
      if (draft.peek().reservation?.secret === reservation.secret) change({ reservation: fresh });
    } catch (error) {
      const isGone = error instanceof Refusal && error.code === "reservation_not_found";
      if (isGone) change({ reservation: null });
      // Without an answer the page keeps what it knew: the code must show without a network, too.
    }
  }

  function change(part: Partial<Draft>): void {
    draft.value = { ...draft.peek(), ...part };
    saveDraft(draft.peek());
  }

  function refuse(error: unknown): void {
    const refusal = error instanceof Refusal ? error : new Refusal({ code: "unexpected_answer" });
    attempts += 1;
    trouble.value = { refusal, nearest: nearestOf(refusal), attempt: attempts };
  }

  /** Runs one command at a time; a press meanwhile is ignored. */
  async function alone(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.peek()) return false;
    isBusy.value = true;
    try {
      await work();
      trouble.value = undefined;
      return true;
    } catch (error) {
      refuse(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  async function choose(day: string, time: string): Promise<boolean> {
    const { office: id, service: what } = route.peek();
    const before = draft.peek().hold;
    if (!id || !what) return false;
    if (
      before?.date === day &&
      before.time === time &&
      before.service === what &&
      before.office === id
    )
      return true;
    const done = await alone(async () => {
      const body = {
        office: id,
        service: what,
        date: day,
        time,
        ...(before ? { replaces: before.hold } : {}),
      };
      const hold: Hold = await client.post("/api/v1/holds", { body }, newKey());
      batch(() => {
        change({ hold, sent: null });
        chosenDate.value = hold.date;
      });
    });
    if (!done) days.reload();
    times.reload();
    return done;
  }

  async function extend(): Promise<void> {
    const { hold } = draft.peek();
    if (!hold) return;
    await alone(async () => {
      change({
        hold: await client.post("/api/v1/holds/extend", { body: { hold: hold.hold } }, newKey()),
      });
    });
    if (holdGone.includes(trouble.peek()?.refusal.code ?? "")) backToTime();
  }

  function backToTime(): void {
    const kept = trouble.peek();
    change({ hold: null });
    go({ ...route.peek(), step: "time" }, "replace");
    trouble.value = kept;
    days.reload();
    times.reload();
  }

  async function book(): Promise<boolean> {
    const now = draft.peek();
    if (!now.hold) return false;
    const body = requestOf(now, now.hold, currentLocale());
    const text = JSON.stringify(body);
    const sent = now.sent?.body === text ? now.sent : { body: text, key: newKey() };
    change({ sent });
    const done = await alone(async () => {
      const reservation: Reservation = await client.post(
        "/api/v1/reservations",
        { body },
        sent.key,
      );
      change({ ...emptyDraft, reservation });
    });
    if (done) go({ ...route.peek(), step: "done" });
    else if (holdGone.includes(trouble.peek()?.refusal.code ?? "")) backToTime();
    return done;
  }

  function expire(): void {
    refuse(new Refusal({ code: "hold_expired" }));
    backToTime();
  }

  const stopWanting = effect(() => {
    const { step, office: id, service: what } = route.value;
    const locale = currentLocale();
    if (step === "office") offices.want(`offices|${locale}`);
    const reserved = draft.value.reservation;
    const officeId = step === "done" && reserved ? reserved.office : id;
    if (officeId) office.want(`${officeId}|${locale}`);
    if (step === "time" && id && what) {
      days.want(`${id}|${what}|${locale}`);
      if (date.value) times.want(`${id}|${what}|${date.value}|${locale}`);
    }
  });
  history.replaceState(null, "", addressOf(route.peek()));
  void renewReservation();

  return {
    client,
    route,
    draft,
    offices,
    office,
    days,
    times,
    service,
    errand,
    date,
    trouble,
    isBusy,
    go,
    change,
    showDay: (day) => {
      chosenDate.value = day;
    },
    choose,
    extend,
    book,
    expire,
    forgetTrouble: () => {
      trouble.value = undefined;
    },
    today,
    stop: () => {
      stopWanting();
      removeEventListener("popstate", onBack);
      removeEventListener("pageshow", onShow);
    },
  };
}
