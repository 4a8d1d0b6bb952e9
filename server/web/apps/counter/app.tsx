// One screen at a time: sign in, choose office, choose window, work.
import type { JSX } from "preact";
import { t } from "../../words/index.ts";
import { resumeSession } from "./control.ts";
import { stage } from "./state.ts";
import { ChooseOffice, ChooseWindow } from "./views/choose/choose.tsx";
import { Dialogs } from "./views/dialog/dialogs.tsx";
import { FirstChange } from "./views/gate/change.tsx";
import { Gate } from "./views/gate/gate.tsx";
import { SignIn } from "./views/gate/sign_in.tsx";
import { Work } from "./views/serving/work.tsx";

function Screen(): JSX.Element {
  switch (stage.value) {
    case "loading":
      return <Gate title={t("counter.loading")} />;
    case "away":
      return (
        <Gate title={t("counter.away.title")}>
          <p>{t("counter.away.next")}</p>
          <button
            type="button"
            class="m-button m-button--primary"
            onClick={() => void resumeSession()}
          >
            {t("counter.stop.try")}
          </button>
        </Gate>
      );
    case "sign_in":
      return <SignIn />;
    case "first_password":
      return <FirstChange />;
    case "office":
      return <ChooseOffice />;
    case "window":
      return <ChooseWindow />;
    case "work":
      return <Work />;
  }
}

export function App(): JSX.Element {
  return (
    <>
      <Screen />
      <Dialogs />
    </>
  );
}
