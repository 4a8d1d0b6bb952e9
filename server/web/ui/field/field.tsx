// Form fields: label, support text, control, error. Errors are tied to the control (aria-describedby, aria-invalid).
// Not for layout of several fields; see CheckGroup for radios and check boxes.
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icon/icon.tsx";
import "./field.css";

export interface FieldFrame {
  id: string;
  label: string;
  support?: string;
  error?: string | undefined;
  /** ※必須 or ※任意 */
  mark?: string;
  isRequired?: boolean;
}

export interface TextFieldProps extends FieldFrame {
  type?: "text" | "tel" | "email" | "search" | "password" | "date" | "time";
  value: string;
  onInput: (value: string) => void;
  autocomplete?: string;
  inputMode?: "text" | "tel" | "email" | "numeric" | "search";
  /** Expected length in characters; the control is that wide */
  length?: number;
  children?: ComponentChildren;
}

export interface SelectFieldProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; text: string }[];
}

function describedBy(frame: FieldFrame): string | undefined {
  const ids = [];
  if (frame.support) ids.push(`${frame.id}-support`);
  if (frame.error) ids.push(`${frame.id}-error`);
  return ids.length ? ids.join(" ") : undefined;
}

function Frame({
  frame,
  children,
}: {
  frame: FieldFrame;
  children: ComponentChildren;
}): JSX.Element {
  const { id, label, support, error, mark, isRequired } = frame;
  return (
    <div class={error ? "m-field m-field--invalid" : "m-field"}>
      <label class="m-field__label" for={id}>
        {label}
        {mark && (
          <span class={isRequired ? "m-field__mark m-field__mark--required" : "m-field__mark"}>
            {mark}
          </span>
        )}
      </label>
      {support && (
        <p class="m-field__support" id={`${id}-support`}>
          {support}
        </p>
      )}
      {children}
      {error && (
        <p class="m-field__error" id={`${id}-error`}>
          {`＊${error}`}
        </p>
      )}
    </div>
  );
}

function widthClass(length: number | undefined): string {
  if (length === undefined) return "m-field__control";
  if (length <= 10) return "m-field__control m-field__control--short";
  return length <= 16 ? "m-field__control m-field__control--middle" : "m-field__control";
}

export function TextField(props: TextFieldProps): JSX.Element {
  const {
    id,
    type = "text",
    value,
    onInput,
    autocomplete,
    inputMode,
    length,
    error,
    children,
  } = props;
  // The typings take one literal type at a time; every one of ours is a text box.
  const typed = { type } as { type: "text" };
  return (
    <Frame frame={props}>
      <div class="m-field__box">
        {children}
        <input
          class={widthClass(length)}
          id={id}
          name={id}
          {...typed}
          value={value}
          autocomplete={autocomplete}
          inputMode={inputMode}
          aria-describedby={describedBy(props)}
          aria-invalid={error ? true : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </div>
    </Frame>
  );
}

export function SelectField(props: SelectFieldProps): JSX.Element {
  const { id, value, onChange, options, error } = props;
  return (
    <Frame frame={props}>
      <div class="m-field__box">
        <select
          class="m-field__control"
          id={id}
          name={id}
          value={value}
          aria-describedby={describedBy(props)}
          aria-invalid={error ? true : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
        <Icon name="down" size={1.25} />
      </div>
    </Frame>
  );
}
