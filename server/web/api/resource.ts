// Something read from the server and kept while the page lives: the newest wish wins. One resource per kind of thing.
// A key is "thing|locale": the old value stays visible while the same thing is read anew or in another language, and
// goes at once when another thing is wanted.
import { type ReadonlySignal, signal } from "@preact/signals";
import { Refusal } from "./refusal.ts";

export interface Loaded<T> {
  key: string;
  value?: T;
  refusal?: Refusal;
  isLoading: boolean;
}

export interface Resource<T> {
  state: ReadonlySignal<Loaded<T>>;
  /** Loads unless this key is there or on its way. */
  want(key: string): void;
  /** Loads the present key anew; the old value stays until then. */
  reload(): void;
}

const thingOf = (key: string) => key.slice(0, key.lastIndexOf("|"));

export function resource<T>(load: (key: string) => Promise<T>): Resource<T> {
  const state = signal<Loaded<T>>({ key: "", isLoading: false });
  let turn = 0;

  async function start(key: string): Promise<void> {
    turn += 1;
    const mine = turn;
    const { key: before, value } = state.peek();
    state.value =
      value === undefined || thingOf(before) !== thingOf(key)
        ? { key, isLoading: true }
        : { key, value, isLoading: true };
    const next = await settle(key);
    if (mine === turn) state.value = next;
  }

  async function settle(key: string): Promise<Loaded<T>> {
    try {
      return { key, value: await load(key), isLoading: false };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal({ code: "unexpected_answer" });
      return { key, refusal, isLoading: false };
    }
  }

  return {
    state,
    want(key) {
      const now = state.peek();
      if (now.key !== key) void start(key);
    },
    reload() {
      void start(state.peek().key);
    },
  };
}
