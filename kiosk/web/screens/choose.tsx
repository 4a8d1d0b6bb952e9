// What somebody without a reservation needs: errands, then their services where there are several. People waiting and
// the time it takes are seen before anything is chosen.
import { Icon, type IconName, isIconName, Phrases, waitText } from "@matanai/web/ui";
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import { type Choice, choicesOf, officeIn, servicesOf } from "../model/office.ts";
import type { Line } from "../model/types.ts";
import { Frame } from "../parts/frame.tsx";
import { Press } from "../parts/press.tsx";
import { happen, model, offices } from "../store.ts";

function iconOf(name: string): IconName {
  return isIconName(name) ? name : "ticket";
}

function Wait({ line: { waiting, estimate } }: { line: Line }): JSX.Element {
  const people =
    waiting === 0 ? t("kiosk.waiting.none") : t("kiosk.waiting.people", { count: waiting });
  return (
    <span class="k-service__wait">
      {estimate && <small>{people}</small>}
      <strong>{estimate ? waitText(estimate, waiting) : people}</strong>
    </span>
  );
}

function Row({ choice, onPress }: { choice: Choice; onPress: () => void }): JSX.Element {
  return (
    <li>
      <Press class="k-service" name={choice.id} onPress={onPress}>
        <span class="k-service__icon">
          <Icon name={iconOf(choice.icon)} size={4.5} weight={1.8} />
        </span>
        <span class="k-service__text">
          <b>
            <Phrases text={choice.name} />
          </b>
          {choice.examples && (
            <span>
              <Phrases text={choice.examples} />
            </span>
          )}
        </span>
        {choice.line && <Wait line={choice.line} />}
      </Press>
    </li>
  );
}

function Empty(): JSX.Element {
  return (
    <Frame
      title={t("kiosk.groups.empty_title")}
      text={t("kiosk.groups.empty_text")}
      tools={{ back: true }}
    />
  );
}

export function Groups(): JSX.Element {
  const office = officeIn(offices.value, model.value.locale);
  if (!office) return <Empty />;
  const { rows, unsure } = choicesOf(office, model.value.live);
  return (
    <Frame title={t("kiosk.groups.title")} tools={{ back: true }}>
      <ul class="k-services">
        {rows.map((choice) => (
          <Row
            key={choice.id}
            choice={choice}
            onPress={() =>
              happen({ type: "chose_errand", errand: choice.id, services: choice.services })
            }
          />
        ))}
      </ul>
      {unsure && (
        <Press
          class="k-button"
          name={unsure.id}
          onPress={() =>
            happen({ type: "chose_errand", errand: unsure.id, services: unsure.services })
          }
        >
          <Icon name="help" size={3.75} />
          {t("kiosk.groups.unsure")}
        </Press>
      )}
    </Frame>
  );
}

export function Services({ errand }: { errand: string }): JSX.Element {
  const office = officeIn(offices.value, model.value.locale);
  if (!office) return <Empty />;
  return (
    <Frame title={t("kiosk.services.title")} tools={{ back: true }}>
      <ul class="k-services">
        {servicesOf(office, errand, model.value.live).map((choice) => (
          <Row
            key={choice.id}
            choice={choice}
            onPress={() => happen({ type: "chose_service", service: choice.id })}
          />
        ))}
      </ul>
    </Frame>
  );
}
