// What the visitor wants to do, in plain words: first level, second level, or by search.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Errand, OfficeDetail, Service } from "../../../api/types.ts";
import { Choice, Choices } from "../../../ui/choice/choice.tsx";
import { TextField } from "../../../ui/field/field.tsx";
import { Steps } from "../../../ui/frame/frame.tsx";
import { Icon, isIconName } from "../../../ui/icon/icon.tsx";
import { Notice } from "../../../ui/notice/notice.tsx";
import { t, tMaybe } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import type { Route } from "../route.ts";
import { findErrands } from "../search.ts";
import type { Store } from "../store.ts";
import { Awaited, Back, linkTo, Title } from "./parts.tsx";

/** An errand with one service needs no second level. */
function routeOfErrand(route: Route, errand: Errand): Route {
  const office = route.office ? { office: route.office } : {};
  const only = errand.services.length === 1 ? errand.services[0] : undefined;
  if (only) return { ...office, step: "bring", errand: errand.id, service: only };
  return { ...office, step: "errand", errand: errand.id };
}

function routeOfService(route: Route, service: Service): Route {
  const office = route.office ? { office: route.office } : {};
  const errand = route.errand ? { errand: route.errand } : {};
  return { ...office, ...errand, step: "bring", service: service.id };
}

export function ErrandScreen({ store }: ScreenProps): JSX.Element {
  const { value, isLoading, refusal } = store.office.state.value;
  const errand = store.errand.value;
  if (value && errand) return <SecondLevel store={store} office={value} errand={errand} />;
  return (
    <>
      <Steps step={1} of={6} name={t("booking.step.errand")} />
      <Title>{t("booking.errand.title")}</Title>
      {value ? (
        <FirstLevel store={store} office={value} />
      ) : (
        <Awaited isLoading={isLoading} refusal={refusal} onRetry={store.office.reload} />
      )}
    </>
  );
}

function FirstLevel({ store, office }: { store: Store; office: OfficeDetail }): JSX.Element {
  const [typed, setTyped] = useState("");
  const isSearching = typed.trim() !== "";
  const othersOf = (id: string) => tMaybe(`booking.search.synonyms.${id}`) ?? "";
  const found = isSearching
    ? findErrands(typed, office.errands, office.services, othersOf)
    : undefined;
  const nothing = found && found.errands.length + found.services.length === 0;
  const errands = found && !nothing ? found.errands : office.errands;
  return (
    <>
      <TextField
        id="search"
        type="search"
        label={t("booking.search.label")}
        support={t("booking.search.support")}
        value={typed}
        onInput={setTyped}
        autocomplete="off"
        inputMode="search"
      >
        <Icon name="search" />
      </TextField>
      <p class="u-hidden" role="status">
        {found && !nothing
          ? t("booking.search.count", { count: found.errands.length + found.services.length })
          : ""}
      </p>
      <div class="b-list">
        {nothing && (
          <Notice live title={t("booking.search.nothing")}>
            {t("booking.search.nothing_next")}
          </Notice>
        )}
        {found && found.services.length > 0 && (
          <Choices>
            {found.services.map((service) => (
              <ServiceRow key={service.id} store={store} service={service} />
            ))}
          </Choices>
        )}
        {errands.length > 0 && (
          <Choices>
            {errands.map((errand) => (
              <Choice
                key={errand.id}
                icon={isIconName(errand.icon) ? errand.icon : "paper"}
                title={errand.name}
                sub={errand.examples}
                {...linkTo(store, routeOfErrand(store.route.value, errand))}
              />
            ))}
          </Choices>
        )}
      </div>
      {!isSearching && (
        <Notice icon="shop" title={t("booking.store.title")}>
          {t("booking.store.text")}
        </Notice>
      )}
      <p class="b-mine">
        <a href="/r">{t("booking.have_reservation")}</a>
      </p>
    </>
  );
}

function SecondLevel({
  store,
  office,
  errand,
}: {
  store: Store;
  office: OfficeDetail;
  errand: Errand;
}): JSX.Element {
  const services = errand.services.flatMap(
    (id) => office.services.find((one) => one.id === id) ?? [],
  );
  return (
    <>
      <Back store={store}>{t("booking.back.errand")}</Back>
      <Steps step={1} of={6} name={t("booking.step.errand")} />
      <Title over={errand.name}>{t("booking.errand.which")}</Title>
      <Choices>
        {services.map((service) => (
          <ServiceRow key={service.id} store={store} service={service} />
        ))}
      </Choices>
    </>
  );
}

function ServiceRow({ store, service }: { store: Store; service: Service }): JSX.Element {
  return (
    <Choice
      title={service.name}
      sub={t("booking.about_minutes", { minutes: service.slot_minutes ?? service.minutes })}
      {...linkTo(store, routeOfService(store.route.value, service))}
    />
  );
}
