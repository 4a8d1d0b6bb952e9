// Which ward office: asked once, then remembered.
import type { JSX } from "preact";
import { shortAddress } from "../../../core/codes.ts";
import { Choice, Choices } from "../../../ui/choice/choice.tsx";
import { t } from "../../../words/index.ts";
import type { ScreenProps } from "../app.tsx";
import { Awaited, linkTo, Title } from "./parts.tsx";

export function OfficeScreen({ store }: ScreenProps): JSX.Element {
  const { value, isLoading, refusal } = store.offices.state.value;
  return (
    <>
      <Title>{t("booking.office.title")}</Title>
      {value ? (
        <Choices>
          {value.map((office) => (
            <Choice
              key={office.id}
              icon="place"
              title={office.name}
              sub={shortAddress(office.address)}
              {...linkTo(store, { step: "errand", office: office.id })}
            />
          ))}
        </Choices>
      ) : (
        <Awaited isLoading={isLoading} refusal={refusal} onRetry={store.offices.reload} />
      )}
    </>
  );
}
