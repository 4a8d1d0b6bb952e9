// The touch screen: draws what the model shows.
import { serverNow } from "@matanai/web/core";
import { t } from "@matanai/web/words";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { shownOf } from "./model/shown.ts";
import type { KioskState, Shown } from "./model/types.ts";
import { Frame } from "./parts/frame.tsx";
import { Groups, Services } from "./screens/choose.tsx";
import { Code } from "./screens/code.tsx";
import { Misread, Question, Staff, Still, Working } from "./screens/moments.tsx";
import { Away, CannotPrint, Closed } from "./screens/prevented.tsx";
import { RefusedScreen } from "./screens/refused.tsx";
import { LanguageList, Start } from "./screens/start.tsx";
import { Ticket } from "./screens/ticket.tsx";
import { clock, model } from "./store.ts";

function draw(shown: Shown): JSX.Element {
  switch (shown.kind) {
    case "start":
      return <Start />;
    case "languages":
      return <LanguageList />;
    case "groups":
      return <Groups />;
    case "services":
      return <Services errand={shown.errand} />;
    case "code":
      return <Code digits={shown.digits} {...(shown.fault ? { fault: shown.fault } : {})} />;
    case "misread":
      return <Misread />;
    case "working":
      return <Working task={shown.task} />;
    case "ticket":
      return <Ticket answer={shown.answer} />;
    case "refused":
      return <RefusedScreen refused={shown.refused} task={shown.task} />;
    case "staff":
      return <Staff />;
    case "still":
      return <Still secondsLeft={shown.secondsLeft} />;
    case "question":
      return <Question paper={shown.paper} />;
    case "waking":
      return <Frame title={t("kiosk.working.text")} />;
    case "away":
      return <Away />;
    case "cannot_print":
      return <CannotPrint />;
    case "closed":
      return <Closed values={hoursOf(model.value.live)} />;
  }
}

function hoursOf(live: KioskState | undefined): Record<string, string> {
  return live?.opens && live.closes ? { opens: live.opens, closes: live.closes } : {};
}

function numberOf(shown: Shown): string | undefined {
  if (shown.kind === "ticket") return shown.answer.ticket.number;
  return shown.kind === "question" ? shown.paper.number : undefined;
}

export function Kiosk(): JSX.Element {
  const { isLarge, isContrast } = model.value;
  const shown = shownOf(model.value, clock.value, serverNow());
  useEffect(() => {
    document.title = t("kiosk.page_title");
    document.body.classList.toggle("m-kiosk--large", isLarge);
    document.body.classList.toggle("m-contrast", isContrast);
  });
  const number = numberOf(shown);
  return (
    <div
      class="k-screen"
      data-screen={shown.kind}
      {...(number ? { "data-number": number } : {})}
      {...(shown.kind === "refused" ? { "data-refusal": shown.refused.code } : {})}
    >
      {draw(shown)}
    </div>
  );
}
