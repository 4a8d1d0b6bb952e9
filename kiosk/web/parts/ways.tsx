// The ways on that several screens share.
import { Icon, Qr } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { JSX } from "preact";
import { officeIn } from "../model/office.ts";
import type { StaffReason } from "../model/types.ts";
import { happen, model, offices } from "../store.ts";
import { Way } from "./way.tsx";

export function WalkInWay({ isMain, text }: { isMain?: boolean; text?: string }): JSX.Element {
  return (
    <Way
      icon="ticket"
      name="walk-in"
      {...(isMain ? { isMain } : {})}
      title={t("kiosk.way.walk_in")}
      text={text ?? t("kiosk.way.walk_in_text")}
      onPress={() => happen({ type: "chose_none" })}
    />
  );
}

export function StaffWay(props: {
  isMain?: boolean;
  title?: string;
  reason?: StaffReason;
}): JSX.Element {
  return (
    <Way
      icon="staff"
      name="call-staff"
      {...(props.isMain ? { isMain: true } : {})}
      title={props.title ?? t("kiosk.way.staff")}
      text={t(model.value.live?.server_up ? "kiosk.way.staff_text" : "kiosk.way.staff_bell")}
      onPress={() => happen({ type: "call_staff", reason: props.reason ?? "help" })}
    />
  );
}

/** Not a button: what a phone reads off the screen. */
export function NewTimeWay(): JSX.Element | null {
  const url = officeIn(offices.value, currentLocale())?.booking_url;
  if (!url) return null;
  return (
    <section class="k-way k-way--code">
      <Icon name="calendar" size={5} weight={1.8} />
      <p class="k-way__text">
        <b>{t("kiosk.way.new_time")}</b>
        <span>{t("kiosk.way.new_time_text")}</span>
      </p>
      <Qr text={url} label={t("kiosk.way.new_time")} />
    </section>
  );
}

export function EndWay({
  isMain,
  title,
  text,
}: {
  isMain?: boolean;
  title?: string;
  text?: string;
}): JSX.Element {
  return (
    <Way
      icon={title ? "clock" : "check"}
      name="end"
      {...(isMain ? { isMain } : {})}
      title={title ?? t("kiosk.way.end")}
      text={text ?? t("kiosk.way.end_text")}
      onPress={() => happen({ type: "home" })}
    />
  );
}

export function CodeWay({ isMain }: { isMain?: boolean }): JSX.Element {
  return (
    <Way
      icon="renew"
      name="again"
      {...(isMain ? { isMain } : {})}
      title={t("kiosk.way.retry_code")}
      text={t("kiosk.way.retry_code_text")}
      onPress={() => happen({ type: "chose_booked" })}
    />
  );
}
