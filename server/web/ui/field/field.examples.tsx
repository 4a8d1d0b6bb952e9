import { CheckGroup } from "./checks.tsx";
import { SelectField, TextField } from "./field.tsx";

export const name = "field";

const nothing = () => {};

export const examples = {
  text: () => (
    <TextField
      id="code-plain"
      label="予約番号"
      mark="※必須"
      isRequired
      support="8けたの数字"
      length={9}
      value="4827 1936"
      onInput={nothing}
    />
  ),
  invalid: () => (
    <TextField
      id="phone-invalid"
      type="tel"
      label="電話番号"
      length={13}
      error="電話番号の けた数が違います。10けたか 11けたで入れてください"
      value="090-1234-56"
      onInput={nothing}
    />
  ),
  select: () => (
    <SelectField
      id="language-select"
      label="通訳のことば"
      value=""
      onChange={nothing}
      options={[{ value: "", text: "えらんでください" }]}
    />
  ),
  checks: () => (
    <CheckGroup
      id="help-checks"
      kind="check"
      label="当日の手伝い"
      mark="※任意"
      options={[
        { value: "wheelchair", text: "車いすを使う" },
        { value: "writing", text: "書いて話す(筆談)" },
      ]}
      chosen={["wheelchair"]}
      onChange={nothing}
    />
  ),
  radios: () => (
    <CheckGroup
      id="contact-radios"
      kind="radio"
      label="連絡の方法"
      options={[
        { value: "phone", text: "電話番号" },
        { value: "none", text: "連絡先は入れない" },
      ]}
      chosen={["phone"]}
      onChange={nothing}
    />
  ),
};
