// Terms and their values, one a line.
import type { ComponentChildren, JSX } from "preact";
import "./facts.css";

export interface Fact {
  term: string;
  value: ComponentChildren;
  /** A way to change it, on the check page */
  change?: ComponentChildren;
}

export function Facts({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="m-facts">
      {facts.map(({ term, value, change }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {change && <dd class="m-facts__change">{change}</dd>}
        </div>
      ))}
    </dl>
  );
}
