// What to bring: the thing in bold, for whom below.
import type { JSX } from "preact";
import "./bring.css";

export interface BringThing {
  item: string;
  for_whom?: string;
}

export function BringList({ things }: { things: readonly BringThing[] }): JSX.Element {
  return (
    <ul class="m-bring m-card">
      {things.map(({ item, for_whom }) => (
        <li key={item}>
          <div>
            <b>{item}</b>
            {for_whom && <span>{for_whom}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
