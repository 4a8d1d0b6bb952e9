// A question with answers to tick: one of them (radio) or any (check).
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icon/icon.tsx";
import "./field.css";

export interface CheckOption<V extends string> {
  value: V;
  text: string;
  /** Shown under the option while it is chosen */
  more?: ComponentChildren;
}

export interface CheckGroupProps<V extends string> {
  id: string;
  kind: "radio" | "check";
  label: string;
  mark?: string;
  options: readonly CheckOption<V>[];
  chosen: readonly V[];
  onChange: (chosen: V[]) => void;
}

export function CheckGroup<V extends string>(props: CheckGroupProps<V>): JSX.Element {
  const { id, kind, label, mark, options, chosen, onChange } = props;
  const toggle = (value: V, isOn: boolean) => {
    if (kind === "radio") onChange([value]);
    else onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
  };
  return (
    <fieldset class="m-checks">
      <legend class="m-field__label">
        {label}
        {mark && <span class="m-field__mark">{mark}</span>}
      </legend>
      {options.map(({ value, text, more }) => {
        const isOn = chosen.includes(value);
        return (
          <div key={value}>
            <label class="m-check">
              <input
                type={kind === "radio" ? "radio" : "checkbox"}
                name={id}
                id={`${id}-${value}`}
                value={value}
                checked={isOn}
                onChange={(event) => toggle(value, event.currentTarget.checked)}
              />
              <span class={`m-check__box m-check__box--${kind}`}>
                {kind === "check" && <Icon name="check" size={1.375} weight={3} />}
              </span>
              <span>{text}</span>
            </label>
            {isOn && more && <div class="m-check__more">{more}</div>}
          </div>
        );
      })}
    </fieldset>
  );
}
