// The desk: a number for somebody who stands here, by service or by reservation. The number is told by mouth.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { IssuedTicket } from "../../../../api/types.ts";
import { clockOf, parseCode, spokenTime } from "../../../../core/index.ts";
import { Notice, Qr, TicketNumber, waitText } from "../../../../ui/index.ts";
import { type Locale, t } from "../../../../words/index.ts";
import { wordsOf } from "../../control.ts";
import { type Order, take } from "../../desk.ts";
import type { Told } from "../../state.ts";
import { closeDialog, Dialog } from "./dialog.tsx";
import { ServiceChoice } from "./service_choice.tsx";
import "./desk.css";

const ways = ["walk_in", "check_in"] as const;

interface Wanted {
  service: string;
  locale: Locale;
  priority: boolean;
  code: string;
}

const blank: Wanted = { service: "", locale: "ja", priority: false, code: "" };

/** What to send, or the words for what is missing. */
function orderOf(way: Order["way"], wanted: Wanted): Order | string {
  const { code, ...walkIn } = wanted;
  if (way === "walk_in")
    return walkIn.service ? { way, ...walkIn } : t("counter.desk.service_missing");
  const parsed = parseCode(code);
  return "code" in parsed ? { way, code: parsed.code } : t("counter.desk.code_wrong");
}

export function DeskDialog(): JSX.Element {
  const way = useSignal<Order["way"]>("walk_in");
  const wanted = useSignal(blank);
  const fault = useSignal<Told | undefined>(undefined);
  const isBusy = useSignal(false);
  const done = useSignal<IssuedTicket | undefined>(undefined);
  const change = (more: Partial<Wanted>) => {
    wanted.value = { ...wanted.value, ...more };
    fault.value = undefined;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    const order = orderOf(way.value, wanted.value);
    if (typeof order === "string") {
      fault.value = { title: order, next: "" };
      return;
    }
    isBusy.value = true;
    fault.value = undefined;
    try {
      done.value = await take(order);
    } catch (error) {
      fault.value = wordsOf(error);
    } finally {
      isBusy.value = false;
    }
  };
  const again = () => {
    wanted.value = blank;
    done.value = undefined;
  };
  return (
    <Dialog title={t("counter.desk.title")} note={t("counter.desk.note")} size="large">
      {done.value ? (
        <Given ticket={done.value} onAgain={again} />
      ) : (
        <form class="m-desk" noValidate onSubmit={submit}>
          <div class="m-desk__ways">
            {ways.map((one) => (
              <button
                key={one}
                type="button"
                class="m-option"
                aria-pressed={way.value === one}
                data-way={one}
                onClick={() => {
                  way.value = one;
                  fault.value = undefined;
                }}
              >
                {t(`counter.desk.${one}`)}
              </button>
            ))}
          </div>
          {way.value === "walk_in" ? (
            <ServiceChoice wanted={wanted.value} onChange={change} />
          ) : (
            <CodeField code={wanted.value.code} onChange={(code) => change({ code })} />
          )}
          <div class="m-desk__fault" role="alert">
            {fault.value && (
              <Notice tone="error" title={fault.value.title}>
                {fault.value.next}
              </Notice>
            )}
          </div>
          <div class="m-dialog__answers">
            <button
              type="submit"
              class="m-button m-button--primary"
              aria-busy={isBusy.value || undefined}
              data-take
            >
              {t(`counter.desk.${way.value}`)}
            </button>
            <button type="button" class="m-button m-button--secondary" onClick={closeDialog}>
              {t("counter.confirm.no")}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function CodeField({
  code,
  onChange,
}: {
  code: string;
  onChange: (code: string) => void;
}): JSX.Element {
  return (
    <label class="m-desk__field">
      <span>{t("counter.desk.code")}</span>
      <input
        id="desk-code"
        class="m-desk__code"
        inputMode="numeric"
        autocomplete="off"
        autofocus
        value={code}
        ref={(field) => {
          if (field && document.activeElement?.getAttribute("data-way")) field.focus();
        }}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function Given({ ticket, onAgain }: { ticket: IssuedTicket; onAgain: () => void }): JSX.Element {
  return (
    <div class="m-desk__given" data-given={ticket.number}>
      <div role="status">
        <p>{t("counter.desk.done")}</p>
        <p class="m-desk__number">
          <TicketNumber number={ticket.number} />
        </p>
        <p class="m-desk__facts">
          <b>{ticket.service_name_ja}</b>
          <span>{t("counter.desk.ahead", { count: ticket.people_ahead })}</span>
          {ticket.estimate && (
            <span>
              {waitText(ticket.estimate, ticket.people_ahead)}{" "}
              {t("wait.latest", { time: spokenTime(clockOf(ticket.estimate.at_latest)) })}
            </span>
          )}
          <span>{t("counter.desk.zone", { zone: ticket.zone })}</span>
        </p>
        {ticket.is_late && <p>{t("counter.desk.late")}</p>}
      </div>
      <figure class="m-desk__qr">
        <Qr text={ticket.url} label={t("counter.desk.qr")} />
        <figcaption>{t("counter.desk.qr")}</figcaption>
      </figure>
      <div class="m-dialog__answers">
        <button
          type="button"
          class="m-button m-button--primary"
          data-close
          ref={(button) => button?.focus()}
          onClick={closeDialog}
        >
          {t("counter.close")}
        </button>
        <button type="button" class="m-button m-button--secondary" data-again onClick={onAgain}>
          {t("counter.desk.again")}
        </button>
      </div>
    </div>
  );
}
