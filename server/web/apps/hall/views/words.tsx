// A sentence in Japanese with its English, or what stands for it, under or beside it.
import type { JSX } from "preact";
import type { Both } from "../words.ts";

export function Pair({ text, apart }: { text: Both; apart?: boolean }): JSX.Element {
  return (
    <>
      {text.ja}
      <span lang={text.own?.lang ?? "en"} class={apart ? "m-hall__in" : undefined}>
        {text.own?.text ?? text.en}
      </span>
    </>
  );
}
