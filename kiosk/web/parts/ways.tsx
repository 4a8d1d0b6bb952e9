// The ways on that several screens share.
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import type { StaffReason } from "../model/types.ts";
import { happen, model } from "../store.ts";
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
