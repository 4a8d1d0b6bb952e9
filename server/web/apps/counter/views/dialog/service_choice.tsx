// Which service, in which language, with priority or not. Typing narrows the list; arrows choose while typing.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { currentLocale, type Locale, localeNames, t } from "../../../../words/index.ts";
import { type DeskService, findServices } from "../../desk.ts";
import { floor } from "../../state.ts";
import { groupName } from "../parts.tsx";

export interface Choice {
  service: string;
  locale: Locale;
  priority: boolean;
}

export interface ServiceChoiceProps {
  wanted: Choice;
  onChange: (more: Partial<Choice>) => void;
}

const nameOf = (service: DeskService) =>
  currentLocale() === "ja" ? service.name_ja : service.name_en;

function byGroup(services: readonly DeskService[]): [string, DeskService[]][] {
  const groups = new Map<string, DeskService[]>();
  for (const service of services) {
    groups.set(service.group, [...(groups.get(service.group) ?? []), service]);
  }
  return [...groups];
}

export function ServiceChoice({ wanted, onChange }: ServiceChoiceProps): JSX.Element {
  const typed = useSignal("");
  const groups = byGroup(findServices(floor.value?.services ?? [], typed.value));
  const shown = groups.flatMap(([, services]) => services);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (!step) return;
    event.preventDefault();
    const at = shown.findIndex(({ id }) => id === wanted.service);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    if (next) onChange({ service: next.id });
  };
  const seek = (text: string) => {
    typed.value = text;
    const found = text.trim() ? findServices(floor.value?.services ?? [], text)[0] : undefined;
    onChange({ service: found?.id ?? "" });
  };
  return (
    <>
      <label class="m-desk__field">
        <span>{t("counter.desk.seek")}</span>
        <input
          id="desk-seek"
          type="search"
          autocomplete="off"
          autofocus
          value={typed.value}
          onInput={(event) => seek(event.currentTarget.value)}
          onKeyDown={move}
        />
      </label>
      <label class="m-desk__field">
        <span>{t("counter.desk.service")}</span>
        <select
          id="desk-service"
          size={8}
          value={wanted.service}
          onChange={(event) => onChange({ service: event.currentTarget.value })}
        >
          {groups.map(([letter, services]) => (
            <optgroup key={letter} label={`${letter} ${groupName(letter)}`}>
              {services.map((service) => (
                <option
                  key={service.id}
                  value={service.id}
                  selected={service.id === wanted.service}
                >
                  {nameOf(service)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <div class="m-desk__more">
        <label class="m-desk__field">
          <span>{t("counter.desk.language")}</span>
          <select
            id="desk-language"
            value={wanted.locale}
            onChange={(event) => onChange({ locale: event.currentTarget.value as Locale })}
          >
            {Object.entries(localeNames).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="m-desk__check">
          <input
            id="desk-priority"
            type="checkbox"
            checked={wanted.priority}
            onChange={(event) => onChange({ priority: event.currentTarget.checked })}
          />
          {t("counter.desk.priority")}
        </label>
      </div>
    </>
  );
}
