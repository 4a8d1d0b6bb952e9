// What staff see when this display cannot show a hall yet: not registered, wrong office, wrong address.
import type { JSX } from "preact";
import { both } from "../../words.ts";
import "../end/end.css";

export type SetupFault = "unknown" | "other_office" | "address";

const texts = {
  unknown: "hall.setup.unknown",
  other_office: "hall.setup.other_office",
  address: "hall.setup.address",
} as const;

export function SetupView({ fault }: { fault: SetupFault }): JSX.Element {
  const text = both(texts[fault]);
  return (
    <main class="m-hall__end" data-fault={fault}>
      <h1>{both("hall.setup.title").ja}</h1>
      <p>{text.ja}</p>
      <p lang="en">{text.en}</p>
    </main>
  );
}
