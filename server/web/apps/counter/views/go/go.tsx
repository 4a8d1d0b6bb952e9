// The one large button: always here, always on Space. Its second line says exactly what will happen, or why not.
import type { ComponentChild, JSX } from "preact";
import { TicketNumber } from "../../../../ui/index.ts";
import { t } from "../../../../words/index.ts";
import { pressGo } from "../../control.ts";
import type { Go } from "../../model.ts";
import { go, isArmed, own, pending, told } from "../../state.ts";
import { Key, serviceName } from "../parts.tsx";
import "./go.css";

const commandsOfGo = ["next", "start", "finish", "resume", "open"];

/** A ticket number as a place of a sentence, to be drawn by withNumbers. */
export function marked(number: string): string {
  return `\u2068${number}\u2069`;
}

/** A sentence with marked ticket numbers: "A044 を完了し、A045 を呼びます". */
export function withNumbers(sentence: string): ComponentChild[] {
  return sentence
    .split(/\u2068(.*?)\u2069/)
    .map((part, at) => (at % 2 ? <TicketNumber key={part} number={part} plain /> : part));
}

function whatOf(meaning: Go): ComponentChild {
  const here = own.value?.ticket?.number ?? "";
  const next = meaning.next?.number ?? "";
  switch (meaning.kind) {
    case "call":
      return (
        <>
          <TicketNumber number={next} plain /> {serviceName(meaning.next?.service ?? "")}
        </>
      );
    case "finish_and_call":
      return withNumbers(
        t("counter.go.finish_and_call.what", { from: marked(here), to: marked(next) }),
      );
    case "finish":
      return withNumbers(t("counter.go.finish.what", { from: marked(here) }));
    case "stopped":
      return here ? withNumbers(t("counter.go.stopped.what", { from: marked(here) })) : "";
    default:
      return t(`counter.go.${meaning.kind}.what`);
  }
}

export function GoButton(): JSX.Element | null {
  const meaning = go.value;
  if (!meaning) return null;
  const isOff = meaning.command === undefined;
  const isBusy = !isOff && pending.value !== undefined && commandsOfGo.includes(pending.value);
  const look = meaning.kind === "stopped" ? " m-go--stopped" : isOff ? " m-go--off" : "";
  return (
    <>
      <div class="m-told-place">
        <p class={told.value ? "m-told" : "m-told m-told--none"} role="status">
          {told.value && (
            <>
              <b>{told.value.title}</b> {told.value.next}
            </>
          )}
        </p>
      </div>
      <button
        type="button"
        class={`m-go${look}${isBusy ? " is-busy" : ""}`}
        data-go={meaning.kind}
        data-armed={isArmed.value}
        aria-disabled={isOff || undefined}
        aria-busy={isBusy || undefined}
        aria-keyshortcuts="Space"
        onClick={pressGo}
      >
        <span class="m-go__word">{t(`counter.go.${meaning.kind}`)}</span>
        <span class="m-go__what">{whatOf(meaning)}</span>
        {!isOff && <Key>{t("counter.key.space")}</Key>}
      </button>
    </>
  );
}
