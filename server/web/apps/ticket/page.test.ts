import { beforeEach, describe, expect, it } from "vitest";
import { drawLine, isCalled, setTimes, show, swapMain } from "./page.ts";

const page = (state: string, announce: string) => `<html><head><title>${state}</title></head><body>
  <main data-state="${state}" data-ahead="3" data-announce="${announce}">
    <div data-line hidden><strong><svg></svg>you</strong></div><time data-as-of>10:00</time>
  </main></body></html>`;

beforeEach(() => {
  document.body.innerHTML = `${page("waiting", "3 ahead")}<p data-live></p><p data-stale hidden></p>`;
});

describe("the ticket page", () => {
  it("takes the new main, its title, and announces what changed", () => {
    swapMain(page("called", "A012, window 3"));
    expect(isCalled()).toBe(true);
    expect(document.title).toBe("called");
    expect(document.querySelector("[data-live]")?.textContent).toBe("A012, window 3");
  });

  it("does not announce again what was said", () => {
    swapMain(page("waiting", "3 ahead"));
    expect(document.querySelector("[data-live]")?.textContent).toBe("");
  });

  it("stays as it is when the new page has no main", () => {
    swapMain("<p>no</p>");
    expect(document.querySelector("main")?.dataset.state).toBe("waiting");
  });

  it("draws as many people as are ahead", () => {
    drawLine();
    expect(document.querySelectorAll("[data-line] > span")).toHaveLength(3);
    expect(document.querySelector<HTMLElement>("[data-line]")?.hidden).toBe(false);
  });

  it("sets times and shows marks", () => {
    setTimes("10:34");
    show("[data-stale]", true);
    expect(document.querySelector("time")?.textContent).toBe("10:34");
    expect(document.querySelector<HTMLElement>("[data-stale]")?.hidden).toBe(false);
  });
});
