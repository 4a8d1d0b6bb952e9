// State of the reservation page: the reservation (or the form that asks for it) and what can be done.
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Client, newKey } from "../../api/client.ts";
import { Refusal } from "../../api/refusal.ts";
import { type Resource, resource } from "../../api/resource.ts";
import type { OfficeDetail, Reservation, ReservationProof } from "../../api/types.ts";
import { currentLocale } from "../../words/index.ts";

export interface Store {
  client: Client;
  reservation: ReadonlySignal<Reservation | undefined>;
  office: Resource<OfficeDetail>;
  refusal: ReadonlySignal<Refusal | undefined>;
  attempt: ReadonlySignal<number>;
  isBusy: ReadonlySignal<boolean>;
  /** The reservation that the address names is being asked for */
  isOpening: ReadonlySignal<boolean>;
  show(proof: ReservationProof): Promise<void>;
  cancel(): Promise<boolean>;
  stop(): void;
}

/** The secret of an address like /r#secret; "" without one. */
export function secretOf(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ""));
  } catch {
    return "";
  }
}

export function makeStore(client: Client): Store {
  const reservation = signal<Reservation | undefined>(undefined);
  const refusal = signal<Refusal | undefined>(undefined);
  const attempt = signal(0);
  const isBusy = signal(false);
  const isOpening = signal(false);
  let cancelKey: string | undefined;
  const office = resource((key: string) => {
    const [id = ""] = key.split("|");
    return client.get("/api/v1/offices/{office}", {
      path: { office: id },
      query: { lang: currentLocale() },
    });
  });

  async function alone(work: () => Promise<void>): Promise<boolean> {
    if (isBusy.peek()) return false;
    isBusy.value = true;
    try {
      await work();
      refusal.value = undefined;
      return true;
    } catch (error) {
      refusal.value = error instanceof Refusal ? error : new Refusal({ code: "unexpected_answer" });
      attempt.value += 1;
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  async function show(proof: ReservationProof): Promise<void> {
    await alone(async () => {
      reservation.value = await client.post("/api/v1/reservations/show", { body: proof });
    });
  }

  function cancel(): Promise<boolean> {
    return alone(async () => {
      const secret = reservation.peek()?.secret;
      if (!secret) return;
      cancelKey ??= newKey();
      reservation.value = await client.post(
        "/api/v1/reservations/cancel",
        { body: { secret } },
        cancelKey,
      );
    });
  }

  const fromAddress = async () => {
    const secret = secretOf(location.hash);
    if (!secret) return;
    isOpening.value = true;
    await show({ secret });
    isOpening.value = false;
  };
  const stopWanting = effect(() => {
    const known = reservation.value;
    if (known) office.want(`${known.office}|${currentLocale()}`);
  });
  addEventListener("hashchange", fromAddress);
  void fromAddress();
  return {
    client,
    reservation,
    office,
    refusal,
    attempt,
    isBusy,
    isOpening,
    show,
    cancel,
    stop: () => {
      stopWanting();
      removeEventListener("hashchange", fromAddress);
    },
  };
}
