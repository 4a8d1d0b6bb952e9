// The kiosk's frame: the upper part is read, the lower part is pressed, the tools are always at the same place.
import { dateAt, dayName, serverNow, spokenTime, timeAt } from "@matanai/web/core";
import { Icon, type IconName } from "@matanai/web/ui";
import { currentLocale, t } from "@matanai/web/words";
import type { ComponentChildren, JSX } from "preact";
import { officeIn } from "../model/office.ts";
import { clock, happen, model, offices } from "../store.ts";
import { Press } from "./press.tsx";
import { Reading } from "./reading.tsx";

function Top(): JSX.Element {
  clock.value; // drawn again as time passes
  const now = serverNow();
  const office = officeIn(offices.value, currentLocale());
  return (
    <header class="k-top">
      <div class="k-top__place">
        <b>{office?.name ?? ""}</b> {office?.section && <span>{office.section}</span>}
      </div>
      <div class="k-top__now">
        {model.value.live?.is_demo && <strong class="k-demo">{t("kiosk.demo")}</strong>}
        {model.value.live && (
          <>
            <time>{spokenTime(timeAt(now))}</time>
            <span>{dayName(currentLocale(), dateAt(now))}</span>
          </>
        )}
      </div>
    </header>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  name: string;
  onPress: () => void;
  isStaff?: boolean;
}

function Tool({ icon, label, name, onPress, isStaff }: ToolProps): JSX.Element {
  return (
    <Press class={isStaff ? "k-tool k-tool--staff" : "k-tool"} name={name} onPress={onPress}>
      <Icon name={icon} size={3.5} />
      <span>{label}</span>
    </Press>
  );
}

export interface ToolsProps {
  /** Where "back" leads is the model's business; screens without a way back leave it out */
  back?: boolean;
  /** One more tool at the first place */
  first?: JSX.Element;
}

export function Tools({ back, first }: ToolsProps): JSX.Element {
  const { isLarge, isContrast, screen } = model.value;
  return (
    <nav class="k-tools" aria-label={t("kiosk.tools")}>
      {first}
      {back && (
        <Tool
          icon="back"
          name="back"
          label={t("kiosk.tool.back")}
          onPress={() => happen({ type: "back" })}
        />
      )}
      <Tool
        icon="text"
        name="text"
        label={isLarge ? t("kiosk.tool.normal_text") : t("kiosk.tool.large")}
        onPress={() => happen({ type: "toggle_text" })}
      />
      <Tool
        icon="contrast"
        name="contrast"
        label={isContrast ? t("kiosk.tool.normal_colours") : t("kiosk.tool.contrast")}
        onPress={() => happen({ type: "toggle_contrast" })}
      />
      {screen.kind !== "staff" && screen.kind !== "working" && (
        <Tool
          icon="staff"
          name="staff"
          label={t("kiosk.tool.staff")}
          isStaff
          onPress={() => happen({ type: "call_staff", reason: "help" })}
        />
      )}
    </nav>
  );
}

/** The tool of a ticket screen: the next ticket for the same visitor. */
export function AnotherTool(): JSX.Element {
  return (
    <Tool
      icon="ticket"
      name="another"
      label={t("kiosk.tool.another")}
      onPress={() => happen({ type: "chose_none" })}
    />
  );
}

export interface FrameProps {
  title?: string;
  /** Below the title: what is true, then what follows */
  strong?: string;
  text?: string;
  /** More to read, under the words */
  head?: ComponentChildren;
  children?: ComponentChildren;
  tools?: ToolsProps;
  isSpread?: boolean;
}

export function Frame(props: FrameProps): JSX.Element {
  return (
    <div class="k-frame">
      <Top />
      <div class="k-read">
        {props.title && (
          <div class="k-head">
            <h1>
              <Reading text={props.title} />
            </h1>
            {props.strong && <p class="k-head__strong">{props.strong}</p>}
            {props.text && <p>{props.text}</p>}
          </div>
        )}
        {props.head}
      </div>
      <main class={props.isSpread ? "k-body k-body--spread" : "k-body"}>{props.children}</main>
      <Tools {...props.tools} />
    </div>
  );
}
