// What clerks should know of kiosks: one quiet line for each that has trouble, and all of them in a dialog.
import type { JSX } from "preact";
import { clockOf } from "../../../../core/index.ts";
import { t } from "../../../../words/index.ts";
import {
  isAlone,
  type Kiosk,
  kiosks,
  placeName,
  printersTrouble,
  quietTroubles,
  troubledKiosks,
  troubleOf,
} from "../../kiosks.ts";
import { dialog, now } from "../../state.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { Sign } from "../icons.tsx";
import { Key } from "../parts.tsx";
import "./kiosks.css";

const signs = { stopped: "late", soon: "soon" } as const;

/** In the line of the day: every kiosk is one press away. */
export function KiosksButton(): JSX.Element {
  const troubles = troubledKiosks.value.map((kiosk) => troubleOf(kiosk, now.value));
  const worst = troubles.includes("stopped") ? "stopped" : troubles[0];
  return (
    <button
      type="button"
      class="m-kiosks-button"
      aria-haspopup="dialog"
      data-kiosks
      onClick={() => {
        dialog.value = "kiosks";
      }}
    >
      <span class={worst && `m-${signs[worst]}`}>
        <Sign name={worst ? signs[worst] : "check"} />
        {t("counter.kiosks.title")}
      </span>
      <Key>K</Key>
    </button>
  );
}

/** Below the calls, one line each. */
export function KioskNotes(): JSX.Element | null {
  if (quietTroubles.value.length === 0) return null;
  return (
    <ul class="m-kiosk-notes" aria-label={t("counter.kiosks.title")}>
      {quietTroubles.value.map((kiosk) => (
        <li key={kiosk.id} class="m-kiosk-note" data-kiosk={kiosk.id}>
          <b>{placeName(kiosk.id)}</b>
          {isAlone(kiosk, now.value) ? <Line kiosk={kiosk} /> : <PrinterState kiosk={kiosk} />}
          <PaperLeft kiosk={kiosk} />
          {kiosk.printer.confirms && (
            <span>{t(`kiosk.printer.confirms.${kiosk.printer.confirms}`)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function PaperLeft({ kiosk }: { kiosk: Kiosk }): JSX.Element | null {
  const { state, paper_metres } = kiosk.printer;
  if (state === "paper_out") return null;
  return (
    <span data-metres={paper_metres}>{t("kiosk.printer.paper", { metres: paper_metres })}</span>
  );
}

function PrinterState({ kiosk }: { kiosk: Kiosk }): JSX.Element {
  const { state, since } = kiosk.printer;
  const words = t(`paper.printer.${state}`);
  const trouble = printersTrouble(kiosk);
  if (!trouble) return <span>{words}</span>;
  const sign = signs[trouble];
  return (
    <span class={`m-${sign}`}>
      <Sign name={sign} />
      {words}
      <small>{t("counter.kiosks.since", { time: clockOf(since) })}</small>
    </span>
  );
}

function Line({ kiosk }: { kiosk: Kiosk }): JSX.Element {
  if (!kiosk.alone_since || !isAlone(kiosk, now.value))
    return <span>{t("counter.kiosks.connected")}</span>;
  return (
    <span class="m-late">
      <Sign name="unplugged" />
      {t("counter.kiosks.alone", { time: clockOf(kiosk.alone_since) })}
    </span>
  );
}

export function KiosksDialog(): JSX.Element {
  return (
    <Dialog size="large" title={t("counter.kiosks.title")} foot={t("counter.kiosks.note")}>
      {kiosks.value.length === 0 ? (
        <p class="m-empty">{t("counter.kiosks.none")}</p>
      ) : (
        <table class="m-table m-table--kiosks">
          <thead>
            <tr>
              <th>{t("counter.kiosks.title")}</th>
              <th>{t("counter.kiosks.head.printer")}</th>
              <th>{t("counter.kiosks.head.paper")}</th>
              <th>{t("counter.kiosks.head.confirms")}</th>
              <th>{t("counter.kiosks.head.line")}</th>
            </tr>
          </thead>
          <tbody>
            {kiosks.value.map((kiosk) => (
              <Row key={kiosk.id} kiosk={kiosk} />
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}

function Row({ kiosk }: { kiosk: Kiosk }): JSX.Element {
  const { state, model, confirms, paper_metres } = kiosk.printer;
  return (
    <tr data-kiosk={kiosk.id}>
      <th scope="row">{placeName(kiosk.id)}</th>
      <td>
        <PrinterState kiosk={kiosk} />
        <small>{model}</small>
      </td>
      <td>{state !== "paper_out" && t("counter.kiosks.metres", { metres: paper_metres })}</td>
      <td>{confirms ? t(`kiosk.printer.confirms.${confirms}`) : t("counter.kiosks.unknown")}</td>
      <td>
        <Line kiosk={kiosk} />
      </td>
    </tr>
  );
}
