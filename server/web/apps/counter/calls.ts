// Calls for staff from kiosks: heard once each, answered by the first clerk who says "I go".
import { computed, effect } from "@preact/signals";
import type { Schema } from "../../api/types.ts";
import { type Chime, dateAt, playChime } from "../../core/index.ts";
import { t } from "../../words/index.ts";
import { tell, wordsOf } from "./control.ts";
import { placeName } from "./kiosks.ts";
import { answerCall } from "./press.ts";
import { answering, floor, isStale, office, session } from "./state.ts";

export type StaffCall = Schema<"StaffCall">;

const chime: Chime = {
  tones: [
    { hertz: 988, after: 0 },
    { hertz: 784, after: 0.3 },
  ],
  seconds: 0.6,
  loudness: 0.3,
};

export const openCalls = computed<readonly StaffCall[]>(() => floor.value?.staff_calls ?? []);

/** The oldest call when none is named. What follows is told on the large button's line. */
export async function goTo(call: StaffCall | undefined = openCalls.value[0]): Promise<void> {
  if (isStale.value) return tell(t("counter.only.stopped"));
  if (!call) return tell(t("counter.calls.none"));
  if (answering.value !== undefined) return;
  answering.value = call.id;
  try {
    const answer = await answerCall(office.value ?? "", call.id);
    if (floor.value) floor.value = without(call.id);
    const name = answer.answered_by ?? "";
    const isMine = name === session.value?.display_name;
    tell(t(`counter.calls.${isMine ? "mine" : "gone"}`, { place: placeName(call.place), name }));
  } catch (error) {
    const { title, next } = wordsOf(error);
    tell(title, next);
  } finally {
    answering.value = undefined;
  }
}

function without(id: number): typeof floor.value {
  const frame = floor.value;
  return frame && { ...frame, staff_calls: frame.staff_calls.filter((one) => one.id !== id) };
}

/** Rings once for each call that this page has not seen; one that was dropped for the night counts anew. */
export function listenToCalls(ring: () => void = ringOnce): () => void {
  const heard = new Set<string>();
  return effect(() => {
    const day = (call: StaffCall) => `${call.id} ${dateAt(Date.parse(call.called_at))}`;
    const fresh = openCalls.value.filter((call) => !heard.has(day(call)));
    for (const call of fresh) heard.add(day(call));
    if (fresh.length > 0) ring();
  });
}

function ringOnce(): void {
  try {
    const context = new AudioContext();
    playChime(context, chime);
    setTimeout(() => void context.close(), 2000);
  } catch {
    // No sound device, or not allowed yet: the call is on the screen.
  }
}
