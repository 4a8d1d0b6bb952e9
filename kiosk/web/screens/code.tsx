// The 8 digits of a reservation, on a pad of large keys. A wrong check digit is told before anything is asked.
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import type { CodeFault } from "../model/types.ts";
import { codeLength } from "../model/update.ts";
import { Frame } from "../parts/frame.tsx";
import { Press } from "../parts/press.tsx";
import { Scan } from "../parts/scan.tsx";
import { StaffWay } from "../parts/ways.tsx";
import { happen, model } from "../store.ts";
import { missesBeforeStaff } from "./refused.tsx";

function Boxes({ digits }: { digits: string }): JSX.Element {
  return (
    <div
      class="k-digits"
      role="img"
      aria-label={`${t("kiosk.code.label")} ${[...digits].join(" ")}`}
    >
      {Array.from({ length: codeLength }, (_, at) => (
        <span key={at} class={at === digits.length ? "k-digit k-digit--next" : "k-digit"}>
          {digits[at] ?? ""}
        </span>
      ))}
    </div>
  );
}

function Keys(): JSX.Element {
  const key = (digit: string) => (
    <Press
      key={digit}
      isKey
      class="k-key"
      name={`digit-${digit}`}
      onPress={() => happen({ type: "digit", digit })}
    >
      {digit}
    </Press>
  );
  return (
    <div class="k-keys">
      {[..."123456789"].map(key)}
      <Press isKey class="k-key k-key--word" name="clear" onPress={() => happen({ type: "clear" })}>
        {t("kiosk.code.clear")}
      </Press>
      {key("0")}
      <Press
        isKey
        class="k-key k-key--word"
        name="delete"
        onPress={() => happen({ type: "delete" })}
      >
        {t("kiosk.code.delete")}
      </Press>
    </div>
  );
}

function faultText(fault: CodeFault, digits: string): string {
  if (fault === "check") return t("kiosk.code.check");
  return t("kiosk.code.length", { count: codeLength - digits.length });
}

export function Code({ digits, fault }: { digits: string; fault?: CodeFault }): JSX.Element {
  return (
    <Frame
      title={t("kiosk.code.title")}
      text={t("kiosk.code.text")}
      tools={{ back: true }}
      head={
        <div class="k-entry">
          <Boxes digits={digits} />
          <p class={fault ? "k-entry__fault" : "k-entry__fault k-entry__fault--none"} role="status">
            {fault ? faultText(fault, digits) : ""}
          </p>
          <Scan title={t("kiosk.code.scan_title")} text={t("kiosk.code.scan_text")} />
        </div>
      }
    >
      {fault === "check" && model.value.misses >= missesBeforeStaff && (
        <StaffWay reason="not_found" />
      )}
      <Keys />
      <Press
        isKey
        class="k-button k-button--main"
        name="enter"
        onPress={() => happen({ type: "enter" })}
      >
        {t("kiosk.code.enter")}
      </Press>
    </Frame>
  );
}
