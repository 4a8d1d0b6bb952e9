// All keys, grouped by when they work.
import type { JSX } from "preact";
import { t, tMaybe } from "../../../../words/index.ts";
import { Key } from "../parts.tsx";
import { Dialog } from "./dialog.tsx";

const sections: {
  name: "always" | "called" | "serving" | "list" | "free";
  keys: [string, string][];
}[] = [
  {
    name: "always",
    keys: [
      ["space", "go"],
      ["U", "undo"],
      ["D", "desk"],
      ["A", "answer"],
      ["K", "kiosks"],
      ["G", "groups"],
      ["/", "seek"],
      ["1 2 3", "regions"],
      ["?", "keys"],
    ],
  },
  {
    name: "called",
    keys: [
      ["R", "recall"],
      ["X", "absent"],
      ["B", "put_back"],
    ],
  },
  {
    name: "serving",
    keys: [
      ["H", "hold"],
      ["F", "finish"],
      ["T", "transfer"],
      ["N", "note"],
    ],
  },
  {
    name: "list",
    keys: [
      ["↑ ↓", "move"],
      ["Enter", "call_this"],
    ],
  },
  { name: "free", keys: [["P", "pause"]] },
];

export function KeysDialog(): JSX.Element {
  return (
    <Dialog
      size="large"
      title={t("counter.keys.open")}
      note={t("counter.keys.note")}
      foot={t("counter.keys.foot")}
    >
      <div class="m-dialog__columns">
        {sections.map(({ name, keys }) => (
          <section key={name}>
            <h3>{t(`counter.keys.when.${name}`)}</h3>
            <dl>
              {keys.map(([cap, deed]) => (
                <div key={deed}>
                  <dt>
                    {cap === "space" ? (
                      <Key>{t("counter.key.space")}</Key>
                    ) : (
                      cap.split(" ").map((one) => <Key key={one}>{one}</Key>)
                    )}
                  </dt>
                  <dd>{tMaybe(`counter.keys.does.${deed}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
