import { describe, expect, it } from "vitest";
import { checkDigit } from "../../core/codes.ts";
import { emptyProof, faultsOf, type ProofForm, proofOf } from "./proof.ts";

const code = `4827193${checkDigit("4827193")}`;
const form = (part: Partial<ProofForm>): ProofForm => ({ ...emptyProof, ...part });

describe("proof", () => {
  it.each<[string, Partial<ProofForm>, string[]]>([
    ["nothing", {}, ["code_empty", "contact_empty"]],
    ["a wrong digit", { code: "12345678", contact: "x" }, ["code_check"]],
    ["slot without date and time", { code, kind: "slot" }, ["date_empty", "time_empty"]],
    ["code and contact", { code, contact: "090" }, []],
  ])("%s", (_, part, codes) => {
    expect(faultsOf(form(part)).map((fault) => fault.code)).toEqual(codes);
  });

  it("sends only what its kind needs", () => {
    const typed = {
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
      contact: " a@b.jp ",
      date: "2026-11-25",
      time: "10:30:00",
    };
    expect(proofOf(form({ ...typed, kind: "contact" }))).toEqual({ code, contact: "a@b.jp" });
    expect(proofOf(form({ ...typed, kind: "slot" }))).toEqual({
      code,
      date: "2026-11-25",
      time: "10:30",
    });
  });
});
