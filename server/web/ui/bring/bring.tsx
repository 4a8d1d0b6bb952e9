// What to bring: the thing in bold, for whom below.
import type { JSX } from "preact";
import "./bring.css";

export interface BringThing {
  item: string;
  note?: string;
}

export function BringList({ things }: { things: readonly BringThing[] }): JSX.Element {
  return (
    <ul class="m-bring m-card">
      {things.map(({ item, note }) => (
        <li key={item}>
          <div>
            <b>{item}</b>
            {note && <span>{note}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
