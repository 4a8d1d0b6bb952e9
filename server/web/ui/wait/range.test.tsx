import { render } from "@testing-library/preact";
import { expect, it } from "vitest";
import { bundle } from "../../words/generated/gallery.ts";
import { locales, setLocale, startWords } from "../../words/index.ts";
import { WaitMinutes, waitText } from "./range.tsx";

const minutes = { low_minutes: 10, high_minutes: 20, is_soon: false };
const soon = { low_minutes: 0, high_minutes: 5, is_soon: true };

it("is a range of minutes", async () => {
  await startWords(bundle, "ja");
  expect(waitText(minutes, 5)).toBe("約10〜20分");
  expect(waitText({ ...minutes, low_minutes: 20 }, 5)).toBe("約20分");
  await setLocale("en", false);
  expect(waitText(minutes, 5)).toBe("10–20 min");
});

it("is soon below three minutes, and now when nobody waits", async () => {
  await startWords(bundle, "ja");
  expect(waitText(soon, 2)).toBe("まもなく");
  expect(waitText(soon, 0)).toBe("すぐに");
});

it("sets the words around the figures apart", async () => {
  await startWords(bundle, "ja");
  const { container } = render(<WaitMinutes range={minutes} />);
  expect(container.innerHTML).toBe("<span>約</span>10〜20<span>分</span>");
});

it("tells the figures in every language", async () => {
  await startWords(bundle, "ja");
  for (const locale of locales) {
    await setLocale(locale, false);
    expect(waitText(minutes, 1)).toMatch(/10.20/);
    expect(waitText(soon, 1)).not.toMatch(/\d|wait/);
  }
});
