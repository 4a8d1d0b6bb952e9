import { describe, expect, it, vi } from "vitest";
import { Refusal } from "./refusal.ts";
import { resource } from "./resource.ts";

function answers() {
  const open = new Map<string, (value: string) => void>();
  const load = (key: string) => new Promise<string>((done) => open.set(key, done));
  return { load, answer: (key: string) => open.get(key)?.(`value of ${key}`) };
}

describe("a resource", () => {
  it("keeps the newest wish, whatever answers last", async () => {
    const { load, answer } = answers();
    const days = resource(load);
    days.want("seal|ja");
    days.want("move|ja");
    answer("move|ja");
    answer("seal|ja");
    await vi.waitFor(() => expect(days.state.value.isLoading).toBe(false));
    expect(days.state.value.value).toBe("value of move|ja");
  });

  it("shows the old value while the same thing comes in another language, not while another comes", async () => {
    const { load, answer } = answers();
    const days = resource(load);
    days.want("seal|ja");
    answer("seal|ja");
    await vi.waitFor(() => expect(days.state.value.isLoading).toBe(false));
    days.want("seal|en");
    expect(days.state.value.value).toBe("value of seal|ja");
    days.want("move|en");
    expect(days.state.value.value).toBeUndefined();
  });

  it("does not load twice what is there, and loads again when asked", async () => {
    const load = vi.fn(async (key: string) => key);
    const days = resource(load);
    days.want("a|ja");
    await vi.waitFor(() => expect(days.state.value.value).toBe("a|ja"));
    days.want("a|ja");
    expect(load).toHaveBeenCalledTimes(1);
    days.reload();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("holds a refusal as a value", async () => {
    const days = resource(() => Promise.reject(new Refusal({ code: "unreachable" })));
    days.want("a|ja");
    await vi.waitFor(() => expect(days.state.value.refusal?.code).toBe("unreachable"));
  });
});
