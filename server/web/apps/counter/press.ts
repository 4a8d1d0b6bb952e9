// One command of a clerk at a window: sent once, given up after 5 s. It is never sent again by itself: later it might mean
// another person. The clerk looks and presses again.
import { makeClient, newKey, Refusal } from "../../api/index.ts";
import type { Schema, WindowCommand, WindowState } from "../../api/types.ts";
import { currentLocale, t } from "../../words/index.ts";

/** Commands of a clerk; those that give a number may be sent again with the same key. */
export const pressClient = makeClient({ locale: currentLocale, timeoutMs: 5000, retryAfterMs: [] });

/** A network that did not answer says nothing about whether the press arrived. */
function unsure(error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.isNetwork) return error;
  const words = { title: t("counter.unsure.title"), detail: t("counter.unsure.next") };
  return new Refusal({ code: error.code, ...words });
}

/** The window after the command; throws the Refusal with the words to tell. */
export async function press(
  office: string,
  window: string,
  body: WindowCommand,
): Promise<WindowState> {
  const call = { path: { office, window: Number(window) }, body };
  try {
    return await pressClient.post(
      "/api/v1/offices/{office}/windows/{window}/commands",
      call,
      newKey(),
    );
  } catch (error) {
    throw unsure(error);
  }
}

/** "I go": the call as it was answered, perhaps by somebody else a moment before. */
export function answerCall(office: string, call: number): Promise<Schema<"StaffCall">> {
  return pressClient.post("/api/v1/offices/{office}/staff-calls/{call}/answer", {
    path: { office, call },
  });
}
