import { fireEvent, render, screen } from "@testing-library/preact";
import { describe, expect, it, vi } from "vitest";
import { CheckGroup } from "./checks.tsx";
import { SelectField, TextField } from "./field.tsx";

describe("text field", () => {
  it("ties label, support and error to the control", () => {
    render(
      <TextField
        id="phone"
        label="電話番号"
        support="全角でも"
        error="けた数が違います"
        value=""
        onInput={() => {}}
      />,
    );
    const input = screen.getByLabelText("電話番号");
    expect(input.getAttribute("aria-describedby")).toBe("phone-support phone-error");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(document.getElementById("phone-error")?.textContent).toBe("＊けた数が違います");
  });

  it("says nothing about errors when there are none", () => {
    render(<TextField id="phone" label="電話番号" value="" onInput={() => {}} />);
    const input = screen.getByLabelText("電話番号");
    expect(input.hasAttribute("aria-describedby")).toBe(false);
    expect(input.hasAttribute("aria-invalid")).toBe(false);
  });

  it("tells what was typed", () => {
    const onInput = vi.fn();
    render(<TextField id="phone" label="電話番号" type="tel" value="" onInput={onInput} />);
    fireEvent.input(screen.getByLabelText("電話番号"), { target: { value: "０９０" } });
    expect(onInput).toHaveBeenCalledWith("０９０");
  });
});

describe("select field", () => {
  it("tells what was chosen", () => {
    const onChange = vi.fn();
    const options = [
      { value: "", text: "えらんでください" },
      { value: "vi", text: "Tiếng Việt" },
    ];
    render(
      <SelectField id="language" label="ことば" value="" onChange={onChange} options={options} />,
    );
    fireEvent.change(screen.getByLabelText("ことば"), { target: { value: "vi" } });
    expect(onChange).toHaveBeenCalledWith("vi");
  });
});

describe("check group", () => {
  const options = [
    { value: "wheelchair", text: "車いす" },
    { value: "interpreter", text: "通訳", more: <p>どのことば</p> },
  ] as const;

  it("adds and takes away with check boxes", () => {
    const onChange = vi.fn();
    render(
      <CheckGroup
        id="help"
        kind="check"
        label="手伝い"
        options={options}
        chosen={["wheelchair"]}
        onChange={onChange}
      />,
    );
    fireEvent.click(screen.getByLabelText("通訳"));
    expect(onChange).toHaveBeenLastCalledWith(["wheelchair", "interpreter"]);
    fireEvent.click(screen.getByLabelText("車いす"));
    expect(onChange).toHaveBeenLastCalledWith([]);
  });

  it("takes one with radios, and shows what belongs to the chosen one only", () => {
    const onChange = vi.fn();
    render(
      <CheckGroup
        id="help"
        kind="radio"
        label="手伝い"
        options={options}
        chosen={["wheelchair"]}
        onChange={onChange}
      />,
    );
    expect(screen.queryByText("どのことば")).toBeNull();
    fireEvent.click(screen.getByLabelText("通訳"));
    expect(onChange).toHaveBeenLastCalledWith(["interpreter"]);
  });
});
