// For the staff who come to this kiosk: which printer it has, what it confirms, how it prints, how much paper is left.
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import { model } from "../store.ts";

export function PrinterNote(): JSX.Element | null {
  const live = model.value.live;
  if (!live?.printer_model) return null;
  const { printer, printer_model, printer_confirms, printer_mode, paper_metres } = live;
  return (
    <p class="k-printer">
      <span>{t("kiosk.printer.model", { model: printer_model })}</span>{" "}
      {printer_confirms && <span>{t(`kiosk.printer.confirms.${printer_confirms}`)}</span>}{" "}
      {printer_mode === "text" && <span>{t("kiosk.printer.mode.text")}</span>}{" "}
      {printer !== "paper_out" && <span>{t("kiosk.printer.paper", { metres: paper_metres })}</span>}
    </p>
  );
}
