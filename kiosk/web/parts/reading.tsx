// Japanese with readings over the words that decide: "｜予約《よやく》は ありますか". Other text passes unchanged.
import { Fragment, type JSX } from "preact";

const marked = /｜([^《]+)《([^》]+)》/;

export function Reading({ text }: { text: string }): JSX.Element {
  // split() with two groups: plain, base, reading, plain, base, reading, … plain
  const pieces = text.split(marked);
  const out: JSX.Element[] = [];
  for (let at = 0; at < pieces.length; at += 3) {
    const [plain, base, reading] = pieces.slice(at, at + 3);
    out.push(
      <Fragment key={at}>
        {plain}
        {base && (
          <ruby>
            {base}
            <rp>(</rp>
            <rt>{reading}</rt>
            <rp>)</rp>
          </ruby>
        )}
      </Fragment>,
    );
  }
  return <>{out}</>;
}
