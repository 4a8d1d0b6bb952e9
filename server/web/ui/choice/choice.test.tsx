import { render, screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { Choice, Choices, phrasesOf } from "./choice.tsx";

describe("choice", () => {
  it("breaks examples only between phrases", () => {
    expect(phrasesOf("転入、転居・転出")).toEqual(["転入、", "転居・", "転出"]);
  });

  it("is one link with its whole text", () => {
    render(
      <Choices>
        <Choice title="引っ越し" sub="転入、転出" icon="home" href="/?errand=move" />
      </Choices>,
    );
    const link = screen.getByRole("link", { name: /引っ越し.*転入、.*転出/ });
    expect(link.getAttribute("href")).toBe("/?errand=move");
  });
});
