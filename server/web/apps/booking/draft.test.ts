import { describe, expect, it } from "vitest";
import type { Hold } from "../../api/types.ts";
import { type Draft, emptyDraft, faultsOf, loadDraft, requestOf, saveDraft } from "./draft.ts";

const hold = { hold: "secret" } as Hold;
const draft = (part: Partial<Draft>): Draft => ({ ...emptyDraft, ...part });

describe("a draft", () => {
  it("comes back from the session as it was", () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    saveDraft(draft({ phone: "090" }), storage);
    expect(loadDraft(storage)).toEqual(draft({ phone: "090" }));
  });

  it("begins anew when the session holds something else", () => {
    expect(loadDraft({ getItem: () => "{broken" })).toEqual(emptyDraft);
    expect(loadDraft({ getItem: () => "7" })).toEqual(emptyDraft);
  });
});

describe("faults", () => {
  it.each<[string, Partial<Draft>, string[]]>([
    ["no contact wanted", { contactKind: "none" }, []],
    ["phone empty", {}, ["phone_empty"]],
    ["phone too short", { phone: "090-1234-56" }, ["phone_length"]],
    ["the other kind is not looked at", { contactKind: "mail", mail: "a@b.jp", phone: "x" }, []],
    ["mail without domain", { contactKind: "mail", mail: "hanako@" }, ["mail_domain"]],
    [
      "interpreter without a language",
      { contactKind: "none", help: ["interpreter"] },
      ["interpreter_language"],
    ],
    [
      "interpreter with one",
      { contactKind: "none", help: ["interpreter"], interpreterLocale: "vi" },
      [],
    ],
  ])("%s", (_, part, codes) => {
    expect(faultsOf(draft(part), "ja").map(({ code }) => code)).toEqual(codes);
  });

  it("who reads another language has said which interpreter", () => {
    expect(faultsOf(draft({ contactKind: "none", help: ["interpreter"] }), "ko")).toEqual([]);
  });
});

describe("the request", () => {
  it("carries the number as digits and the language of the page", () => {
    expect(requestOf(draft({ phone: "０９０-1234-5678" }), hold, "en")).toEqual({
      hold: "secret",
      help: [],
      locale: "en",
      contact: { phone: "09012345678" },
    });
  });

  it("has no contact when none is wanted, whatever was typed before", () => {
    expect(
      requestOf(draft({ contactKind: "none", phone: "09012345678" }), hold, "ja"),
    ).not.toHaveProperty("contact");
  });

  it("speaks the interpreter's language", () => {
    const wanted = draft({ contactKind: "none", help: ["interpreter"], interpreterLocale: "vi" });
    expect(requestOf(wanted, hold, "ja").locale).toBe("vi");
  });
});
