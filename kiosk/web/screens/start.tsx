// The first question, with the scanner ready beside it; languages below.
import { Icon, type IconName } from "@matanai/web/ui";
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import { Frame } from "../parts/frame.tsx";
import { Language, Languages, spokenHere } from "../parts/languages.tsx";
import { Press } from "../parts/press.tsx";
import { Reading } from "../parts/reading.tsx";
import { Scan } from "../parts/scan.tsx";
import { happen } from "../store.ts";

interface AnswerProps {
  icon: IconName;
  title: string;
  text: string;
  name: string;
  isMain?: boolean;
  onPress: () => void;
}

function Answer({ icon, title, text, name, isMain, onPress }: AnswerProps): JSX.Element {
  return (
    <Press class={isMain ? "k-answer k-answer--main" : "k-answer"} name={name} onPress={onPress}>
      <Icon name={icon} size={7.5} weight={1.7} />
      <span class="k-answer__text">
        <b>
          <Reading text={title} />
        </b>
        <span>
          <Reading text={text} />
        </span>
      </span>
      <Icon name="next" size={4} weight={2.5} />
    </Press>
  );
}

export function Start(): JSX.Element {
  return (
    <Frame
      title={t("kiosk.start.title")}
      head={<Scan title={t("kiosk.start.scan_title")} text={t("kiosk.start.scan_text")} />}
    >
      <Answer
        icon="ticket"
        name="none"
        isMain
        title={t("kiosk.start.none_title")}
        text={t("kiosk.start.none_text")}
        onPress={() => happen({ type: "chose_none" })}
      />
      <Answer
        icon="calendar"
        name="booked"
        title={t("kiosk.start.booked_title")}
        text={t("kiosk.start.booked_text")}
        onPress={() => happen({ type: "chose_booked" })}
      />
      <Languages />
    </Frame>
  );
}

export function LanguageList(): JSX.Element {
  return (
    <Frame title={t("kiosk.languages")} tools={{ back: true }}>
      <div class="k-langs k-langs--list">
        {spokenHere().map((locale) => (
          <Language key={locale} locale={locale} />
        ))}
      </div>
    </Frame>
  );
}
